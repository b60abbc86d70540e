using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Errors;

/// <summary>Error answers: RFC 9457 problem details with a stable <c>code</c>.</summary>
internal static class Problems
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Stable, lower-case with underscores.</param>
    /// <param name="detail">A sentence that says what to do about it.</param>
    /// <param name="errors">The errors one by one, when there are several places.</param>
    public static ProblemHttpResult Create(int status, string code, string detail, IReadOnlyList<FieldError>? errors = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        if (errors is not null)
        {
            extensions["errors"] = errors;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <inheritdoc cref="Create(int, string, string, IReadOnlyList{FieldError}?)"/>
    /// <param name="deliveryId">Under which id the request is kept aside; null when it is not.</param>
    public static ProblemHttpResult Create(int status, string code, string detail, Guid? deliveryId)
    {
        var problem = Create(status, code, detail);
        if (deliveryId is { } id)
        {
            problem.ProblemDetails.Extensions["deliveryId"] = id;
        }

        return problem;
    }

    /// <summary>Refuses a parameter in the address.</summary>
    public static ProblemHttpResult OfParameter(string code, string parameter, string detail)
    {
        var problem = Create(400, code, detail);
        problem.ProblemDetails.Extensions["parameter"] = parameter;
        return problem;
    }

    public static ProblemHttpResult NotFound(string what) => Create(404, "not_found", $"There is no such {what}.");

    /// <summary>Gives answers that nobody wrote by hand (404, 405, 415) their code.</summary>
    public static void Customize(ProblemDetailsOptions options) =>
        options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.Remove("traceId");
            if (context.ProblemDetails.Detail is null)
            {
                var (code, detail) = Explain(context.HttpContext, context.ProblemDetails.Status);
                context.ProblemDetails.Detail = detail;
                if (code is not null)
                {
                    context.ProblemDetails.Extensions.TryAdd("code", code);
                }
            }

            context.ProblemDetails.Extensions.TryAdd(
                "code",
                context.ProblemDetails.Status switch
                {
                    400 => "bad_request",
                    401 => "unauthorized",
                    404 => "not_found",
                    405 => "method_not_allowed",
                    413 => "body_too_large",
                    415 => "unsupported_media_type",
                    503 => "unavailable",
                    _ => "internal_error",
                }
            );
        };

    private static (string? Code, string? Detail) Explain(HttpContext context, int? status) =>
        status switch
        {
            404 => context.RequestServices.GetRequiredService<UnknownAddress>().NotFound(context.Request),
            405 => (null, UnknownAddress.WrongMethod(context.Request, context.Response.Headers.Allow.ToString())),
            415 => (null, "Send the body as JSON, with the header 'Content-Type: application/json'."),
            _ => (null, null),
        };
}
