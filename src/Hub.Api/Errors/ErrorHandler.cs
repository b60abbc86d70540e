using Hub.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Hub.Api.Errors;

/// <summary>Turns what escaped a handler into problem details; what the database or the hub said stays in the log.</summary>
internal sealed partial class ErrorHandler(ILogger<ErrorHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        SecurityHeaders.Apply(httpContext);
        var problem = RequestFraming.ProblemOf(exception);
        if (problem is not null)
        {
            RequestFraming.Close(httpContext);
        }

        problem ??= exception switch
        {
            BadHttpRequestException bad => BindingError.ProblemOf(bad),
            _ when DatabaseExceptions.IsAway(exception) => Problems.Create(
                503,
                "database_unavailable",
                "The database does not answer at the moment. Try again shortly."
            ),
            _ when DatabaseExceptions.IsOfText(exception) => Problems.Create(
                400,
                "text_invalid",
                "A text holds characters that cannot be kept or looked for, such as U+0000."
            ),
            _ => null,
        };
        if (problem is null)
        {
            Log.Unexpected(logger, exception, httpContext.Request.Method);
            problem = SenderDoor.LedTo(httpContext)
                ? Problems.Create(503, "not_kept", "The delivery could not be kept and was not accepted. Send it again.")
                : Problems.Create(500, "internal_error", "The hub failed to answer this request. Its log says more.");
        }

        if (problem.StatusCode == 503)
        {
            RetryAfter.Set(httpContext.Response, RetryAfter.Soon);
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A {Method} request met an unexpected error")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method);
    }
}
