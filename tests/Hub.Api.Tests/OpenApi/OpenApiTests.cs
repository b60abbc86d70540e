namespace Hub.Api.Tests.OpenApi;

public sealed class OpenApiTests(HubFixture fixture) : HubTest(fixture)
{
    public static TheoryData<string, string> Operations =>
        new()
        {
            { "post", "/api/v1/sources" },
            { "get", "/api/v1/sources" },
            { "get", "/api/v1/sources/{id}" },
            { "delete", "/api/v1/sources/{id}" },
            { "put", "/api/v1/sources/{id}" },
            { "get", "/api/v1/sources/{id}/secrets" },
            { "post", "/api/v1/sources/{id}/secrets" },
            { "delete", "/api/v1/sources/{id}/secrets/{secretId}" },
            { "get", "/api/v1/sources/{id}/handshakes" },
            { "post", "/api/v1/workflows" },
            { "get", "/api/v1/workflows" },
            { "get", "/api/v1/workflows/{id}" },
            { "put", "/api/v1/workflows/{id}" },
            { "delete", "/api/v1/workflows/{id}" },
            { "post", "/api/v1/workflows/{id}/activate" },
            { "post", "/api/v1/workflows/{id}/deactivate" },
            { "post", "/api/v1/workflows/{id}/execute" },
            { "post", "/webhooks/incoming/{token}" },
            { "get", "/webhooks/status/{deliveryId}" },
            { "get", "/api/v1/executions" },
            { "get", "/api/v1/executions/{id}" },
            { "post", "/api/v1/executions/{id}/cancel" },
            { "post", "/api/v1/executions/{id}/retry" },
            { "get", "/api/v1/dead-letters" },
            { "get", "/api/v1/dead-letters/{id}" },
            { "post", "/api/v1/dead-letters/{id}/replay" },
            { "get", "/api/v1/deliveries/{id}" },
            { "get", "/api/v1/deliveries/{id}/body" },
            { "get", "/api/v1/connectors" },
            { "post", "/api/v1/credentials" },
            { "get", "/api/v1/credentials" },
            { "delete", "/api/v1/credentials/{id}" },
            { "get", "/api/v1/schema/workflow.json" },
            { "get", "/health" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Description_EveryOperation_IsThereWithAnswers(string method, string path)
    {
        var paths = (await DescriptionAsync()).GetProperty("paths");
        Assert.True(paths.TryGetProperty(path, out var item), $"{path} is missing");
        var operation = item.GetProperty(method);
        Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
        Assert.NotEmpty(operation.GetProperty("responses").EnumerateObject());
        Assert.Equal(path.StartsWith("/api/", StringComparison.Ordinal), operation.TryGetProperty("security", out _));
    }

    [Fact]
    public async Task Description_OperationIds_AreUnique()
    {
        var ids = (await DescriptionAsync())
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString())
            .ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(ids.Count >= Operations.Count);
    }

    [Fact]
    public async Task Description_EveryOperation_SaysWhatItDoes()
    {
        var silent = (await DescriptionAsync())
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(operation => (Path: path.Name, Operation: operation)))
            .Where(static each => !each.Operation.Value.TryGetProperty("summary", out var summary) || summary.GetString() is not { Length: > 15 })
            .Select(static each => $"{each.Operation.Name} {each.Path} has no summary: add .WithSummary(\"...\") where it is mapped");
        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("NewSource", "name", "signature")]
    [InlineData("NewSignature", "scheme")]
    [InlineData("NewRateLimit", "perSecond")]
    [InlineData("NewAnswer", "mode")]
    [InlineData("NewSecret", "secret")]
    [InlineData("NewCredential", "name", "connector")]
    [InlineData("ChangedCredential")]
    [InlineData("AddressChange")]
    [InlineData("VerificationRequest")]
    [InlineData("ReplayRequest")]
    [InlineData("ManyToReplay")]
    [InlineData("OpenLetters")]
    public async Task Request_RequiresOnlyWhatHasNoDefault(string schema, params string[] required)
    {
        var described = Schemas(await DescriptionAsync()).GetProperty(schema);
        var found = described.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!) : [];
        Assert.Equal(required.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        foreach (var member in required.Select(name => described.GetProperty("properties").GetProperty(name)))
        {
            Assert.DoesNotContain("null", member.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signature_TakesTheOptionsOfItsScheme()
    {
        var signature = Schemas(await DescriptionAsync()).GetProperty("NewSignature");
        Assert.Equal(JsonValueKind.Object, signature.GetProperty("additionalProperties").ValueKind);
        Assert.Equal(JsonValueKind.False, Schemas(await DescriptionAsync()).GetProperty("NewSource").GetProperty("additionalProperties").ValueKind);
    }

    [Fact]
    public async Task Problem_HasItsCodeAndTheErrorsPlaceByPlace()
    {
        var problem = Schemas(await DescriptionAsync()).GetProperty("ProblemDetails");
        Assert.Contains("code", problem.GetProperty("required").EnumerateArray().Select(static name => name.GetString()));
        var error = problem.GetProperty("properties").GetProperty("errors").GetProperty("items").GetProperty("properties");
        var members = error.EnumerateObject().Select(static member => member.Name);
        Assert.Equal(["code", "message", "place", "pointer", "remedy", "severity"], members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Numbers_AreNumbersAlone()
    {
        var count = Schemas(await DescriptionAsync()).GetProperty("CountedPageOfSourceView").GetProperty("properties").GetProperty("count");
        Assert.Equal("integer", count.GetProperty("type").GetString());
        Assert.False(count.TryGetProperty("pattern", out _));
    }

    [Fact]
    public async Task Description_References_LeadSomewhere()
    {
        var description = await DescriptionAsync();
        Assert.StartsWith("3.", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var reference in References(description).Distinct())
        {
            var found = description;
            Assert.True(reference.Split('/').Skip(1).All(name => found.TryGetProperty(name, out found)), reference);
        }
    }

    [Theory]
    [InlineData("post", "/api/v1/workflows")]
    [InlineData("put", "/api/v1/workflows/{id}")]
    [InlineData("post", "/api/v1/workflows/{id}/execute")]
    [InlineData("post", "/api/v1/dead-letters/{id}/replay")]
    [InlineData("post", "/api/v1/sources")]
    [InlineData("put", "/api/v1/sources/{id}")]
    [InlineData("post", "/api/v1/sources/{id}/secrets")]
    [InlineData("post", "/api/v1/credentials")]
    [InlineData("post", "/webhooks/incoming/{token}")]
    public async Task Description_OperationsThatReadABody_SaySo(string method, string path) =>
        Assert.True((await DescriptionAsync()).GetProperty("paths").GetProperty(path).GetProperty(method).TryGetProperty("requestBody", out _));

    [Fact]
    public async Task Root_LeadsToThePageToTryTheApi()
    {
        using var response = await Hub.Web.GetAsync("/", Cancel);
        Assert.Equal((200, "/docs/index.html"), ((int)response.StatusCode, response.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Contains("\"persistAuthorization\":true", await Hub.Web.GetStringAsync("/docs/index.js", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_Page_Opens()
    {
        using var page = await Hub.Web.GetAsync("/docs/index.html", Cancel);
        Assert.Equal(200, (int)page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }

    private static JsonElement Schemas(JsonElement description) => description.GetProperty("components").GetProperty("schemas");

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member =>
                    member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };

    private async Task<JsonElement> DescriptionAsync() => JsonDocument.Parse(await Hub.Web.GetStringAsync("/openapi/v1.json", Cancel)).RootElement;
}
