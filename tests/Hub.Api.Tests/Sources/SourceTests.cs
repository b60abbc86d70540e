namespace Hub.Api.Tests.Sources;

public sealed class SourceTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "a-secret-of-the-sender-0123456789";

    public static TheoryData<string, string, string> Wrong =>
        new()
        {
            { """{"signature":{"scheme":"none"}}""", "/name", "name_invalid" },
            { """{"name":"a\u0000b","signature":{"scheme":"none"}}""", "/name", "name_invalid" },
            { """{"name":"x"}""", "/signature/scheme", "scheme_missing" },
            { """{"name":"x","signature":{"scheme":"rot13"}}""", "/signature/scheme", "scheme_invalid" },
            { """{"name":"x","signature":{"scheme":"github"}}""", "/signature/secrets", "secret_missing" },
            { """{"name":"x","signature":{"scheme":"standard-webhooks","secrets":[]}}""", "/signature/secrets", "secret_missing" },
            { """{"name":"x","signature":{"scheme":"generic-hmac","secrets":[]}}""", "/signature/secrets", "secret_missing" },
            { """{"name":"x","signature":{"scheme":"github","secrets":[""]}}""", "/signature/secrets/0", "secret_invalid" },
            { """{"name":"x","signature":{"scheme":"github","secrets":[null]}}""", "/signature/secrets/0", "secret_invalid" },
            { """{"name":"x","signature":{"scheme":"github","secret":"misplaced","secrets":["0123456789"]}}""", "/signature/secret", "field_unknown" },
            { """{"name":"x","signature":{"scheme":"none","secrets":["0123456789"]}}""", "/signature/secrets", "secret_useless" },
            { """{"name":"x","signature":{"scheme":"none"},"bodyLimit":0}""", "/bodyLimit", "body_limit_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"bodyLimit":26214401}""", "/bodyLimit", "body_limit_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"sur/prise":1}""", "/sur~1prise", "field_unknown" },
            { """{"name":"x","signature":{"scheme":"none"},"methods":[]}""", "/methods", "method_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"methods":["POST","TRACE"]}""", "/methods/1", "method_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"methods":["get"]}""", "/methods/0", "method_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"contentTypes":["json"]}""", "/contentTypes/0", "content_type_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"contentTypes":["*/*"]}""", "/contentTypes/0", "content_type_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"contentTypes":["text/plain; charset=utf-8"]}""", "/contentTypes/0", "content_type_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"allowedAddresses":[null]}""", "/allowedAddresses/0", "address_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"allowedAddresses":["10.0.0.1/8"]}""", "/allowedAddresses/0", "address_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"rateLimit":{}}""", "/rateLimit/perSecond", "rate_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"rateLimit":{"perSecond":1,"burst":0}}""", "/rateLimit/burst", "rate_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"rateLimit":{"perSecond":1,"perMinute":60}}""", "/rateLimit/perMinute", "field_unknown" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{}}""", "/respond/mode", "mode_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","status":302}}""", "/respond/status", "status_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","status":204,"body":"ok"}}""", "/respond/body", "body_invalid" },
            {
                """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","contentType":"text/plain; charset=klingon"}}""",
                "/respond/contentType",
                "charset_unknown"
            },
            {
                """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","contentType":"text/plain; charset=iso-8859-1","body":"日本"}}""",
                "/respond/body",
                "body_invalid"
            },
            {
                """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","contentType":"text/plain\r\nSet-Cookie: a"}}""",
                "/respond/contentType",
                "content_type_invalid"
            },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"at_once","body":"ok"}}""", "/respond/body", "field_useless" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"static","waitSeconds":5}}""", "/respond/waitSeconds", "field_useless" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"when_finished","waitSeconds":61}}""", "/respond/waitSeconds", "wait_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"respond":{"mode":"step","wait":5}}""", "/respond/wait", "field_unknown" },
            { """{"name":"x","signature":{"scheme":"none"},"dedupe":"body:id"}""", "/dedupe", "dedupe_invalid" },
            { """{"name":"x","signature":{"scheme":"slack","secrets":["0123456789"],"toleranceSeconds":0}}""", "/signature", "scheme_invalid" },
            {
                """{"name":"x","signature":{"scheme":"github","secrets":["0123456789"],"toleranceSeconds":60}}""",
                "/signature/toleranceSeconds",
                "field_unknown"
            },
            { """{"name":"\u200b","signature":{"scheme":"none"}}""", "/name", "name_invalid" },
            { """{"name":"a\u202eb","signature":{"scheme":"none"}}""", "/name", "name_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"dedupe":"header:a b"}""", "/dedupe", "dedupe_invalid" },
            { """{"name":"x","signature":{"scheme":"none"},"dedupe":"header:Authorization"}""", "/dedupe", "dedupe_invalid" },
            {
                """{"name":"x","signature":{"scheme":"github","secrets":["a secret of ours"]},"dedupe":"header-alone:X-Api-Key"}""",
                "/dedupe",
                "dedupe_invalid"
            },
        };

    public static TheoryData<string> Malformed =>
        new()
        {
            "",
            "null",
            "[]",
            "7",
            "{",
            """{"name":7}""",
            """{"name":"x","signature":"github"}""",
            """{"name":"\ud800","signature":{"scheme":"none"}}""",
            """{"name":"x","signature":{"scheme":"none"},"bodyLimit":"big"}""",
        };

    [Fact]
    public async Task Source_Created_IsShownWithoutItsSecrets()
    {
        using var response = await CallAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            $$"""
            {"name":"shown","signature":{"scheme":"github","secrets":["{{Secret}}"]},"dedupe":"header:X-GitHub-Delivery","bodyLimit":2048}
            """
        );
        Assert.Equal(201, (int)response.StatusCode);
        var created = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        var id = created.GetProperty("id").GetGuid();
        Assert.Equal($"/api/v1/sources/{id}", response.Headers.Location?.ToString());
        Assert.Equal(new Uri(Hub.Url, $"/webhooks/incoming/{created.GetProperty("token").GetString()}").ToString(), created.GetProperty("url").GetString());
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{id}");
        Assert.Equal(created.GetProperty("token").GetString(), shown.GetProperty("token").GetString());
        Assert.Equal(1, shown.GetProperty("signature").GetProperty("secretCount").GetInt32());
        Assert.Equal("header:X-GitHub-Delivery", shown.GetProperty("dedupe").GetString());
        Assert.Equal(2048, shown.GetProperty("bodyLimit").GetInt32());
        var list = await Hub.SendAsync(HttpMethod.Get, "/api/v1/sources");
        Assert.Contains(list.GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetGuid() == id);
        Assert.DoesNotContain(Secret, created + shown.ToString() + list + Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_Stored_KeepsItsSecretsEncrypted()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        var row = (string)(await Hub.AskAsync("SELECT s::text || encode(protected, 'escape') FROM hub.source_secrets s WHERE source_id = $1", source.Id))!;
        Assert.NotEmpty(row);
        Assert.DoesNotContain(Secret, row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_WithSeveralErrors_IsToldAllOfThemWithTheNearestNames()
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            """{"name":"x","signature":{"scheme":"githup"},"dedupe":"body:id","bodylimit2":1,"dedupeWindoow":"7d"}""",
            400,
            "source_invalid"
        );
        var errors = problem.GetProperty("errors").EnumerateArray().ToDictionary(each => each.GetProperty("pointer").GetString()!, each => each);
        Assert.Equal("Did you mean 'github'?", errors["/signature/scheme"].GetProperty("remedy").GetString());
        Assert.Equal("dedupe_invalid", errors["/dedupe"].GetProperty("code").GetString());
        Assert.StartsWith("Did you mean 'dedupeWindow'?", errors["/dedupeWindoow"].GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Did you mean 'bodyLimit'?", errors["/bodylimit2"].GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.Equal(4, errors.Count);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Source_Faulty_IsRefusedWithThePlace(string json, string pointer, string code)
    {
        var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/sources", json, 400, "source_invalid");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((pointer, code), (error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()));
        Assert.NotEmpty(error.GetProperty("remedy").GetString()!);
    }

    [Fact]
    public async Task Source_ManyErrors_AreToldAtOnce()
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            """{"bodyLimit":-1,"dedupe":"?","signature":{"scheme":"github"}}""",
            400,
            "source_invalid"
        );
        Assert.Equal(4, problem.GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Source_Malformed_Is400(string json)
    {
        using var response = await CallAsync(HttpMethod.Post, "/api/v1/sources", json);
        var problem = await ProblemAsync(
            response,
            400,
            JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString()!
        );
        Assert.Contains(problem.GetProperty("code").GetString(), new[] { "invalid_json", "bad_request" });
        Assert.DoesNotContain("NewSource", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_NameTaken_Is409()
    {
        var source = await Hub.AddSourceAsync();
        await RefusedAsync(HttpMethod.Post, "/api/v1/sources", $$"""{"name":"{{source.Name}}","signature":{"scheme":"none"} }""", 409, "source_exists");
    }

    [Fact]
    public async Task Source_UsedByAnActiveWorkflow_IsNotDeleted()
    {
        var source = await Hub.AddSourceAsync();
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await RefusedAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}", null, 409, "source_in_use");
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/deactivate");
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}");
        await RefusedAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}", null, 404, "not_found");
        using var response = await Hub.PostAsync(source, "{}"u8.ToArray());
        await ProblemAsync(response, 404, "not_found");
        await RefusedAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/activate", null, 409, "source_missing");
    }

    [Fact]
    public async Task Source_NoBodyType_Is415()
    {
        using var response = await Hub.Api.PostAsync("/api/v1/sources", new StringContent("{}", Encoding.UTF8, "text/plain"), Cancel);
        await ProblemAsync(response, 415, "unsupported_media_type");
    }

    [Fact]
    public async Task SourceList_Paged_CountsAll()
    {
        await Hub.AddSourceAsync();
        await Hub.AddSourceAsync();
        var page = await Hub.SendAsync(HttpMethod.Get, "/api/v1/sources?limit=1&offset=1");
        Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.True(page.GetProperty("count").GetInt32() >= 3);
        await RefusedAsync(HttpMethod.Get, "/api/v1/sources?limit=many", null, 400, "parameter_invalid");
    }
}
