using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.TestHost;

/// <summary>
/// Holds every answer that a test gets against the hub's own description: its status, and the shape of its JSON. What is not described fails the test.
/// </summary>
public sealed class DescribedAnswers(Func<Task<JsonElement>> description, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>A Source and its workflow may answer with any status and body; only refusals as they are described are looked at.</summary>
    private const string FreeToAnswer = "receiveWebhook";

    /// <summary>Given by the server before it knows which operation is meant.</summary>
    private static readonly HttpStatusCode[] OfTheServer = [HttpStatusCode.RequestUriTooLong, HttpStatusCode.RequestHeaderFieldsTooLarge];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var document = await description();
        if (!OfTheServer.Contains(response.StatusCode) && OperationOf(document, request) is { } operation && !IsFree(operation, response))
        {
            await CheckAsync(document, operation, response, $"{request.Method} {request.RequestUri!.AbsolutePath}", cancellationToken);
        }

        return response;
    }

    private static bool IsFree(JsonElement operation, HttpResponseMessage response) =>
        operation.GetProperty("operationId").GetString() == FreeToAnswer
        && (
            response.Content.Headers.ContentType?.MediaType != "application/problem+json"
            || !operation.GetProperty("responses").TryGetProperty($"{(int)response.StatusCode}", out _)
        );

    private static async Task CheckAsync(
        JsonElement document,
        JsonElement operation,
        HttpResponseMessage response,
        string request,
        CancellationToken cancellationToken
    )
    {
        var (status, name) = ((int)response.StatusCode, operation.GetProperty("operationId").GetString());
        if (!operation.GetProperty("responses").TryGetProperty($"{status}", out var described))
        {
            throw new InvalidOperationException(
                $"{request} answered {status}, which /openapi/v1.json does not describe. "
                    + $"Add .ProducesProblem({status}) or .Produces<T>({status}) where '{name}' is mapped."
            );
        }

        // Others have no shape, or no body.
        if (
            response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json")
            || response.StatusCode == HttpStatusCode.NoContent
        )
        {
            return;
        }

        var media = response.Content.Headers.ContentType.MediaType;
        if (!described.TryGetProperty("content", out var content) || !content.TryGetProperty(media, out var type))
        {
            throw new InvalidOperationException($"{request} answered {status} with {media}, which /openapi/v1.json does not describe for '{name}'.");
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken), new JsonDocumentOptions { MaxDepth = 2000 });
        if (type.TryGetProperty("schema", out var schema) && new DescribedShape(document).ErrorOf(schema, body.RootElement) is { } error)
        {
            throw new InvalidOperationException($"{request} answered {status} with JSON that is not as /openapi/v1.json describes it for '{name}': {error}");
        }
    }

    /// <summary>The operation of this method and address; of several the one with the most written out.</summary>
    private static JsonElement? OperationOf(JsonElement document, HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        var item = document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(each => Regex.IsMatch(path, "^" + Regex.Replace(each.Name, @"\{\w+\}", "[^/]+", RegexOptions.None, Limit) + "$", RegexOptions.None, Limit))
            .OrderBy(static each => each.Name.Count(static letter => letter == '{'))
            .Select(static each => (JsonElement?)each.Value)
            .FirstOrDefault();
        return item is { } found && found.TryGetProperty(request.Method.Method.ToLowerInvariant(), out var operation) ? operation : null;
    }
}
