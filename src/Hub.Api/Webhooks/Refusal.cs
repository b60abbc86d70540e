using Hub.Api.Errors;

namespace Hub.Api.Webhooks;

/// <summary>Why a request is not let in, as its sender is told.</summary>
/// <param name="Allow">For 405: the methods that are.</param>
/// <param name="RetryAfter">When to try again at the earliest, in seconds; each sender is told its own time.</param>
internal sealed record Refusal(int Status, string Code, string Detail, string? Allow = null, int? RetryAfter = null)
{
    public Task WriteAsync(HttpContext context)
    {
        if (Allow is not null)
        {
            context.Response.Headers.Allow = Allow;
        }

        if (RetryAfter is { } seconds)
        {
            Errors.RetryAfter.Set(context.Response, seconds);
        }

        return Problems.Create(Status, Code, Detail).ExecuteAsync(context);
    }
}
