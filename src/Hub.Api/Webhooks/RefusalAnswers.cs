using Hub.Api.Errors;
using Hub.Engine.Intake;

namespace Hub.Api.Webhooks;

/// <summary>What a refusal is in HTTP: a status, its headers, and problem details.</summary>
internal static class RefusalAnswers
{
    public static Task WriteAsync(HttpContext context, IntakeRefusal refusal)
    {
        if (refusal.Allow is not null)
        {
            context.Response.Headers.Allow = refusal.Allow;
        }

        if (refusal.RetryAfter is { } seconds)
        {
            RetryAfter.Set(context.Response, seconds);
        }

        return Problems.Create(StatusOf(refusal.Kind), refusal.Code, refusal.Detail, refusal.KeptAside).ExecuteAsync(context);
    }

    private static int StatusOf(RefusalKind kind) =>
        kind switch
        {
            RefusalKind.Malformed => 400,
            RefusalKind.Unproven => 401,
            RefusalKind.Forbidden => 403,
            RefusalKind.NotFound => 404,
            RefusalKind.WrongMethod => 405,
            RefusalKind.TooSlow => 408,
            RefusalKind.TooLarge => 413,
            RefusalKind.WrongType => 415,
            RefusalKind.TooMany => 429,
            _ => 503,
        };
}
