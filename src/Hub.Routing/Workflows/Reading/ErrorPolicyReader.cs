using System.Text.Json;

namespace Hub.Routing.Workflows.Reading;

internal static class ErrorPolicyReader
{
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    public static ErrorPolicy Read(JsonElement element, ErrorList errors)
    {
        var place = JsonPlace.Root["errorPolicy"];
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return ErrorPolicy.Default;
        }

        var policy = new ErrorPolicy(
            reader.Has("retry", out var retry) ? RetryReader.Read(retry, place["retry"], RetryPolicy.Default, errors) : null,
            reader.Integer("deadLetterAfter", 1, WorkflowLimits.DeadLetterAfter),
            reader.Has("fallback", out var fallback) ? ReadFallback(fallback, place["fallback"], errors) : null,
            reader.Has("breaker", out var breaker) ? ReadBreaker(breaker, place["breaker"], errors) : null
        );
        reader.Close();
        return policy;
    }

    private static FallbackDefinition? ReadFallback(JsonElement element, JsonPlace place, ErrorList errors)
    {
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return null;
        }

        var type = reader.Require("type", "Add \"type\", such as email.send.", out _) ? reader.Text("type") : null;
        var fallback = new FallbackDefinition(type ?? string.Empty, reader.NameText("credential"), reader.Object("with"));
        reader.Close();
        return fallback;
    }

    private static BreakerDefinition? ReadBreaker(JsonElement element, JsonPlace place, ErrorList errors)
    {
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return null;
        }

        var breaker = new BreakerDefinition(
            reader.Ratio("failureRatio") ?? 0.5,
            reader.Duration("window", LongestWindow) ?? TimeSpan.FromMinutes(5),
            reader.Integer("minimumRuns", 1, 1_000_000) ?? 10,
            reader.Duration("pause", LongestPause) ?? TimeSpan.FromMinutes(15)
        );
        reader.Close();
        return breaker;
    }
}
