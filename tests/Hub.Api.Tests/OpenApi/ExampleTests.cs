using System.Security.Cryptography;

namespace Hub.Api.Tests.OpenApi;

/// <summary>Whoever presses "Execute" in /docs with the example that stands there gets it done.</summary>
public sealed class ExampleTests(HubFixture fixture) : HubTest(fixture)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <summary>Operations in which one follows from the other; all others come after them, in any order.</summary>
    private static readonly string[] First =
    [
        "createSource",
        "createCredential",
        "createWorkflow",
        "changeSource",
        "updateWorkflow",
        "executeWorkflow",
        "verifyRequest",
        "replayDelivery",
        "replayDeliveries",
        "rotateSourceAddress",
    ];

    [Fact]
    public async Task Examples_Sent_AreTaken()
    {
        var operations = (await Hub.DescriptionAsync())
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Path: path.Name, Method: operation.Name, Operation: operation.Value)))
            .Where(static each => JsonBodyOf(each.Operation) is not null)
            .OrderBy(static each => Array.IndexOf(First, Name(each.Operation)) is >= 0 and var place ? place : First.Length)
            .ToList();
        Assert.NotEmpty(operations);
        foreach (var (path, method, operation) in operations)
        {
            var name = Name(operation);
            Assert.True(
                JsonBodyOf(operation)!.Value.TryGetProperty("example", out var example),
                $"'{name}' takes JSON and has no example: add one to OpenApi/RequestExamples.cs"
            );
            await PrepareAsync(name);
            using var response = await CallAsync(new HttpMethod(method.ToUpperInvariant()), Fill(path, name), example.GetRawText());
            var answer = await response.Content.ReadAsStringAsync(Cancel);
            Assert.True(response.IsSuccessStatusCode, $"The example of '{name}' was answered {(int)response.StatusCode}: {answer}");
            Note(path, method, answer);
        }
    }

    private static JsonElement? JsonBodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json : null;

    private static string Name(JsonElement operation) => operation.GetProperty("operationId").GetString()!;

    /// <summary>Makes what an example needs besides what the ones before it made.</summary>
    private async Task PrepareAsync(string operation)
    {
        if (operation == "replayDelivery")
        {
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{_ids["workflows"]}/activate");
            _ids["deliveries"] = await SendOrderAsync("a-secret-shared-with-the-sender");
        }
        else if (operation == "releaseDelivery")
        {
            // Refused, as this secret came later.
            _ids["deliveries"] = await SendOrderAsync("a-secret-of-tomorrow");
            await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{_ids["sources"]}/secrets", """{"secret":"a-secret-of-tomorrow"}""");
        }
        else if (operation.EndsWith("DeadLetter", StringComparison.Ordinal))
        {
            var run = await Hub.RunAsync("""[{"id":"end","type":"http.request","with":{"url":"http://127.0.0.1:1/"},"retry":{"attempts":1}}]""");
            var letters = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={run.GetProperty("workflowId").GetString()}");
            _ids["dead-letters"] = letters.GetProperty("items")[0].GetProperty("id").GetString()!;
        }
    }

    private async Task<string> SendOrderAsync(string secret)
    {
        var source = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{_ids["sources"]}");
        var body = Encoding.UTF8.GetBytes($$"""{"id":"{{secret}}","total":250}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/incoming/{source.GetProperty("token").GetString()}");
        request.Content = new ByteArrayContent(body);
        request.Headers.Add("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        using var response = await Hub.Web.SendAsync(request, Cancel);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("deliveryId").GetString()!;
    }

    private string Fill(string path, string operation)
    {
        var noun = path.Split('/')[3];
        return !path.Contains("{id}", StringComparison.Ordinal) ? path
            : _ids.TryGetValue(noun, out var id) ? path.Replace("{id}", id, StringComparison.Ordinal)
            : throw new InvalidOperationException($"No example makes one of the {noun} that '{operation}' needs: have ExampleTests.PrepareAsync make it.");
    }

    private void Note(string path, string method, string answer)
    {
        if (method == "post" && path.Split('/') is ["", "api", "v1", var noun] && JsonDocument.Parse(answer).RootElement.TryGetProperty("id", out var id))
        {
            _ids[noun] = id.GetString()!;
        }
    }
}
