namespace Hub.Api.Tests.Errors;

/// <summary>Whoever sends a body that is not JSON, or not of the shape asked for, is told the line and the character, whichever address it is.</summary>
public sealed class JsonPlaceTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Malformed = """
        {
          "name": "Größe 😀", nope
        }
        """;

    /// <summary>Every operation with a body, those that read it themselves too.</summary>
    public static TheoryData<string, string> Operations =>
        new()
        {
            { "POST", "sources" },
            { "PUT", "sources/{0}" },
            { "POST", "sources/{0}/secrets" },
            { "POST", "sources/{0}/rotate-address" },
            { "POST", "sources/{0}/verify" },
            { "POST", "credentials" },
            { "PUT", "credentials/{0}" },
            { "POST", "workflows" },
            { "PUT", "workflows/{0}" },
            { "POST", "workflows/{0}/execute" },
            { "POST", "deliveries/replay" },
            { "POST", "deliveries/{0}/replay" },
            { "POST", "deliveries/{0}/release" },
            { "POST", "dead-letters/replay" },
            { "POST", "dead-letters/{0}/replay" },
            { "PATCH", "dead-letters/{0}" },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Body_Malformed_IsToldByLineAndCharacter(string method, string path)
    {
        var problem = await RefusedAsync(new HttpMethod(method), $"/api/v1/{string.Format(path, Guid.Empty)}", Malformed, 400, "invalid_json");
        Assert.Contains("line 2, column 22", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "sources", "{ \"name\": \"é\",\n \"signature\": 7 }", "an object is wanted and not this number", "$.signature (line 2, column 15)")]
    [InlineData("POST", "credentials", "{ \"name\": \"éé\", \"surprise\": 7 }", "not known", "$.surprise (line 1, column 17)")]
    [InlineData("POST", "deliveries/replay", "{ \"ids\": [\"x\"] }", "an id is wanted and not this text", "$.ids[0] (line 1, column 11)")]
    [InlineData("POST", "sources", "{ \"name\": 7 }", "a text is wanted and not this number", "$.name (line 1, column 11)")]
    [InlineData("POST", "sources", "{ \"bodyLimit\": \"big\" }", "a whole number is wanted and not this text", "$.bodyLimit (line 1, column 16)")]
    [InlineData("POST", "sources", "{ \"methods\": \"GET\" }", "a list is wanted and not this text", "$.methods (line 1, column 14)")]
    [InlineData("POST", "sources", "{ \"name\": \"\\ud800\" }", "half a character", "$.name (line 1, column 11)")]
    [InlineData("POST", "sources", "{ \"name\": \"a\",\n \"name\": \"b\" }", "given before; give it once", "(line 2, column 2)")]
    [InlineData("PATCH", "dead-letters/00000000-0000-0000-0000-000000000000", "{ \"note\": \"a\", \"note\": \"b\" }", "given before", "(line 1, column 16)")]
    public async Task Body_OfAnotherShape_IsToldByLineAndCharacter(string method, string path, string body, string what, string place)
    {
        var detail = (await RefusedAsync(new HttpMethod(method), "/api/v1/" + path, body, 400, "invalid_json")).GetProperty("detail").GetString();
        Assert.Contains(what, detail, StringComparison.Ordinal);
        Assert.Contains(place, detail, StringComparison.Ordinal);
        Assert.DoesNotContain("byte", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_ThatIsWrongToo_IsToldBeforeTheBody() =>
        await RefusedAsync(HttpMethod.Post, "/api/v1/sources?surprise=1", Malformed, 400, "parameter_unknown");
}
