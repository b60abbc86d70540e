using Hub.Api.Errors;

namespace Hub.Api.Webhooks;

/// <summary>Why a request is not let in, as its sender is told.</summary>
/// <param name="Allow">For 405: the methods that are.</param>
/// <param name="RetryAfter">When to try again, in seconds.</param>
internal sealed record Refusal(int Status, string Code, string Detail, string? Allow = null, int? RetryAfter = null)
{
    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (Allow is not null)
        {
            headers.Allow = Allow;
        }

        if (RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString();
        }

        return Problems.Create(Status, Code, Detail).ExecuteAsync(context);
    }
}
