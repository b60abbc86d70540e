using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Hub.Api.Errors;

/// <summary>How HTTP says where a body ends. Where that is not clear the connection is closed: nobody can tell where the next request would begin.</summary>
internal static class RequestFraming
{
    private static readonly System.Reflection.Assembly Server = typeof(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServer).Assembly;

    /// <summary>
    /// Refuses a request whose transfer coding is anything but chunked, or that has one although its version of HTTP has none. The server takes what ends with
    /// chunked, but undoes no other coding; and another
    /// server before this one may see another end of the body.
    /// </summary>
    public static Task Check(HttpContext context, RequestDelegate next)
    {
        var coding = context.Request.Headers.TransferEncoding;
        if (coding.Count > 0 && HttpProtocol.IsHttp10(context.Request.Protocol))
        {
            Close(context);
            return Malformed("HTTP/1.0 has no Transfer-Encoding: say Content-Length, or use HTTP/1.1.").ExecuteAsync(context);
        }

        if (coding.Count == 0 || (coding.Count == 1 && string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)))
        {
            return next(context);
        }

        Close(context);
        return Malformed("The header Transfer-Encoding must be 'chunked' and nothing else.").ExecuteAsync(context);
    }

    /// <summary>What is wrong with the body's framing, or with the line to its sender; null when the exception is about something else.</summary>
    public static ProblemHttpResult? ProblemOf(Exception exception)
    {
        if (exception is not IOException || !IsOfTheServer(exception))
        {
            return null;
        }

        return exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } or { InnerException: OverflowException } => Problems.Create(
                413,
                "body_too_large",
                "The request body, or one chunk of it, is larger than this address takes."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => Problems.Create(
                408,
                "body_too_slow",
                "The request body came too slowly and was not waited for. Send it again."
            ),
            _ => Malformed($"The request body is not framed as HTTP asks for: {exception.Message}"),
        };
    }

    /// <summary>Has the server take no further request from this connection.</summary>
    public static void Close(HttpContext context) => context.Response.Headers.Connection = "close";

    private static ProblemHttpResult Malformed(string detail) => Problems.Create(400, "framing_invalid", detail);

    /// <summary>The server says some of it by an exception that has no type of its own.</summary>
    private static bool IsOfTheServer(Exception exception) =>
        exception is ConnectionResetException || exception.GetType().Assembly == Server || exception.Source == Server.GetName().Name;
}
