namespace Hub.Api.Tests.Errors;

/// <summary>However a charset is spelled, a body is read or refused, and never an error of the hub's own.</summary>
public sealed class CharsetTests(HubFixture fixture) : HubTest(fixture)
{
    public static TheoryData<string, bool> Types =>
        new()
        {
            { "application/json", true },
            { "application/json; charset=utf-8", true },
            { "application/json; charset=\"utf-8\"", true },
            { "application/json;charset=\"UTF-8\"; x=y", true },
            { "application/json; charset=utf8", true },
            { "application/json; charset=\"\"", true },
            { "application/json; charset=us-ascii", true },
            { "application/json; charset=iso-8859-1", true },
            { "application/json; charset=\"ISO-8859-1\"", true },
            { "application/json; charset=utf-7", false },
            { "application/json; charset=klingon", false },
            { "application/json; charset=\"no such\"", false },
            { "application/json; charset=\"utf-8", false },
            { "application/json; charset=", true },
        };

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Api_Body_IsReadOrRefusedWithTheRemedy(string type, bool isRead)
    {
        using var response = await SendAsync(Hub.Api, "/api/v1/sources", type, $$"""  {"name":"{{Guid.CreateVersion7()}}","signature":{"scheme":"none"} }  """);
        Assert.Equal(isRead ? 201 : 415, (int)response.StatusCode);
        if (!isRead)
        {
            Assert.Contains("JSON", (await ReadAsync(response, 415)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Webhook_JsonBody_IsJsonWhateverItsCharsetIsCalled(string type, bool isRead)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"n":{"$path":"$.trigger.body.n"}}}]""", source);
        using var response = await SendAsync(Hub.Web, $"/webhooks/incoming/{source.Token}", type, """{"n":1}""");
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync((await ReadAsync(response, 202)).GetProperty("deliveryId").GetGuid()));
        Assert.True(execution.Step("a").GetProperty("output").GetProperty("n").GetInt32() == 1, $"{type}, read by the API: {isRead}");
    }

    [Theory]
    [InlineData("sources", """{"name":"NAME","signature":{"scheme":"none"}}""")]
    [InlineData(
        "workflows",
        """{"schema":"flowpilot/v1","name":"NAME","trigger":{"type":"manual"},"steps":[{"id":"a","type":"log","with":{"message":"hello"}}]}"""
    )]
    [InlineData("credentials", """{"name":"NAME","connector":"http","fields":{"token":"t"}}""")]
    public async Task Api_ByteOrderMarkBeforeJson_IsTaken(string path, string body)
    {
        using var response = await SendAsync(
            Hub.Api,
            $"/api/v1/{path}",
            "application/json",
            "\uFEFF" + body.Replace("NAME", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        );
        Assert.True((int)response.StatusCode == 201, await response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("\uFEFF{\"n\":1}", """{"n":1}""")]
    [InlineData("\uFEFF", "{}")]
    public async Task Execute_ByteOrderMarkBeforeJson_IsTaken(string input, string expected)
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"body":{"$path":"$.trigger.body"}}}]""");
        using var response = await SendAsync(Hub.Api, $"/api/v1/workflows/{workflow}/execute", "application/json", input);
        var execution = await Hub.EndOfAsync((await ReadAsync(response, 202)).GetProperty("executionId").GetGuid());
        Assert.Equal(expected, execution.Step("a").GetProperty("output").GetProperty("body").GetRawText());
    }

    [Theory]
    [InlineData("charset=\"utf-8\"")]
    [InlineData("charset=klingon")]
    [InlineData("charset=\"")]
    public async Task Webhook_PartOfAForm_IsReadWhateverItsCharsetIsCalled(string charset)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"name":"{{ trigger.body.name }}","text":"{{ trigger.body.file.text }}"}}]""", source);
        var body =
            $"--b\r\nContent-Disposition: form-data; name=name\r\nContent-Type: text/plain; {charset}\r\n\r\nZoë\r\n"
            + $"--b\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\nContent-Type: text/plain; {charset}\r\n\r\nhello\r\n--b--\r\n";
        using var response = await SendAsync(Hub.Web, $"/webhooks/incoming/{source.Token}", "multipart/form-data; boundary=b", body);
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync((await ReadAsync(response, 202)).GetProperty("deliveryId").GetGuid()));
        Assert.Equal("hello", execution.Step("a").GetProperty("output").GetProperty("text").GetString());
        Assert.Equal("Zoë", execution.Step("a").GetProperty("output").GetProperty("name").GetString());
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, Cancel);
    }
}
