using System.Text;
using System.Text.Json;
using Hub.Api.Errors;
using Hub.Fields;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Hub.Api.Bodies;

/// <summary>
/// Reads the JSON bodies that the framework binds before it does: within the bounds that other bodies have, and so that what is wrong can be told by line and
/// column, which takes the text.
/// </summary>
internal static class JsonBodies
{
    public static TBuilder ReadsItsJson<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (endpoint.RequestDelegate is { } bind && endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
            {
                endpoint.RequestDelegate = context => context.Request.HasJsonContentType() ? ReadAsync(context, bind) : bind(context);
            }
        });
        return endpoints;
    }

    private static async Task ReadAsync(HttpContext context, RequestDelegate bind)
    {
        using var received = await context.RequestServices.GetRequiredService<BodyReader>().ReadAsync(context, Guid.Empty, HubHosting.MaxBody);
        if (received.Bytes is not { } bytes)
        {
            await BodyProblem.Of(received, "A body", context).ExecuteAsync(context);
            return;
        }

        var text = InUtf8(bytes, context.Request);
        if (text.Length > 0 && JsonText.ErrorOf(text) is { } error)
        {
            await Malformed($"The body is not JSON: {error}.").ExecuteAsync(context);
            return;
        }

        context.Request.Body = new MemoryStream(text, writable: false);
        try
        {
            await bind(context);
        }
        catch (BadHttpRequestException bad) when (bad.InnerException is JsonException json && !context.Response.HasStarted)
        {
            await Malformed($"The body is not the JSON that is expected here: {JsonShapeError.SentenceOf(json, text)}").ExecuteAsync(context);
        }
    }

    /// <summary>Without a byte order mark. What came in another charset is taken over.</summary>
    private static byte[] InUtf8(byte[] bytes, HttpRequest request)
    {
        if (
            MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
            && media.Charset.HasValue
            && media.Encoding is { } charset
            && charset.CodePage != Encoding.UTF8.CodePage
        )
        {
            media.Charset = null;
            request.ContentType = media.ToString();
            return Encoding.Convert(charset, Encoding.UTF8, bytes);
        }

        var text = ByteOrderMark.Off(bytes);
        return text.Length == bytes.Length ? bytes : text.ToArray();
    }

    private static ProblemHttpResult Malformed(string detail) => Problems.Create(400, "invalid_json", detail);
}
