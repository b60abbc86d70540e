using Hub.Api.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Bodies;

/// <summary>Tells callers of the API why their body was not read.</summary>
internal static class BodyProblem
{
    /// <param name="what">What the body is, with its article: <c>A workflow document</c>.</param>
    public static ProblemHttpResult Of(ReceivedBody body, string what, HttpContext context)
    {
        switch (body.Error)
        {
            case BodyError.TooLarge:
                return Problems.Create(413, "body_too_large", $"{what} has at most {body.Limit} bytes.");
            case BodyError.TooSlow:
                return Problems.Create(408, "body_too_slow", "The request body came too slowly and was not waited for. Send it again.");
            default:
                RetryAfter.Set(context.Response, RetryAfter.Soon);
                return Problems.Create(503, "busy", "The hub reads too many large bodies at the moment. Send the request again.");
        }
    }
}
