using System.Text.Json;

namespace Hub.Routing.Workflows.Reading;

internal static class RetryReader
{
    /// <summary>Reads a policy; fields it leaves out are inherited.</summary>
    public static RetryPolicy? Read(JsonElement element, JsonPlace place, RetryPolicy inherited, ErrorList errors)
    {
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return null;
        }

        var attempts = reader.Integer("attempts", 1, WorkflowLimits.Attempts);
        var backoff = reader.Choice(
            "backoff",
            inherited.Backoff,
            ("constant", BackoffKind.Constant),
            ("linear", BackoffKind.Linear),
            ("exponential", BackoffKind.Exponential)
        );
        var first = reader.Duration("first", WorkflowLimits.RetryDelay);
        var max = reader.Duration("max", WorkflowLimits.RetryDelay);
        reader.Close();
        if (first > max)
        {
            errors.Error(ErrorCodes.OutOfRange, place["first"], "'first' is longer than 'max'.", "Make max at least as long as first.");
        }

        // One delay that is stated moves the other that is inherited, so that first never exceeds max.
        var (firstDelay, maxDelay) = (first ?? inherited.First, max ?? inherited.Max);
        return new RetryPolicy
        {
            Attempts = attempts ?? inherited.Attempts,
            Backoff = backoff,
            First = first is null && firstDelay > maxDelay ? maxDelay : firstDelay,
            Max = max is null && maxDelay < firstDelay ? firstDelay : maxDelay,
        };
    }
}
