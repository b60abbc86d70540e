namespace Hub.Api.Tests.Errors;

/// <summary>Lengths that are given in characters are counted as people do, and bounded in bytes besides.</summary>
public sealed class NameLengthTests(HubFixture fixture) : HubTest(fixture)
{
    /// <summary>One character of two UTF-16 units.</summary>
    private const string Emoji = "😀";

    /// <summary>One character of two code points.</summary>
    private const string Accented = "e\u0301";

    private static readonly string Megabyte = "a" + new string('\u0301', 1 << 19);

    [Fact]
    public async Task SourceName_InCharacters_IsBoundedAtOneHundred()
    {
        await TakenAsync(HttpMethod.Post, "/api/v1/sources", Source(Repeat(Emoji, 100)));
        await TakenAsync(HttpMethod.Post, "/api/v1/sources", Source(Repeat(Accented, 100)));
        foreach (var name in new[] { Repeat(Emoji, 101), Repeat(Accented, 101), Megabyte, "a" + new string('\u0301', 1100) })
        {
            var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/sources", Source(name), 400, "source_invalid");
            Assert.Equal(
                ("/name", "name_invalid"),
                (problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), problem.GetProperty("errors")[0].GetProperty("code").GetString())
            );
        }
    }

    [Fact]
    public async Task CredentialName_InCharacters_IsBoundedAtOneHundred()
    {
        await TakenAsync(HttpMethod.Post, "/api/v1/credentials", Credential(Repeat(Accented, 100)));
        foreach (var name in new[] { Repeat(Accented, 101), Megabyte, "a" + new string('\u0301', 1100) })
        {
            await RefusedAsync(HttpMethod.Post, "/api/v1/credentials", Credential(name), 400, "credential_invalid");
        }
    }

    [Fact]
    public async Task WorkflowName_InCharacters_IsBoundedAtTwoHundred()
    {
        const string steps = """[{"id":"a","type":"set"}]""";
        await TakenAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps, name: Repeat(Accented, 200)));
        await TakenAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps, name: Repeat(Emoji, 200)));
        foreach (var name in new[] { Repeat(Emoji, 201), Repeat(Accented, 201), "a" + new string('\u0301', 100_000), "a" + new string('\u0301', 1100) })
        {
            var problem = await RefusedAsync(HttpMethod.Post, "/api/v1/workflows", TestHub.Document(steps, name: name), 422, "workflow_invalid");
            Assert.Equal("name_invalid", problem.GetProperty("errors")[0].GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Note_InCharacters_IsBoundedAtTwoThousand()
    {
        var failed = await Hub.RunAsync("""[{"id":"a","type":"stop","with":{"outcome":"failed","reason":"as told"}}]""");
        var letter = $"/api/v1/dead-letters/{failed.GetProperty("deadLetterId").GetGuid()}";
        await TakenAsync(HttpMethod.Patch, letter, Note(Repeat(Emoji, 2000)));
        await RefusedAsync(HttpMethod.Patch, letter, Note(Repeat(Emoji, 2001)), 400, "note_too_long");
        await RefusedAsync(HttpMethod.Patch, letter, Note(Megabyte), 400, "note_too_long");
    }

    private async Task TakenAsync(HttpMethod method, string path, string json)
    {
        using var answer = await CallAsync(method, path, json);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static string Source(string name) => $$"""{"name":{{JsonSerializer.Serialize(name)}},"signature":{"scheme":"none"} }""";

    private static string Credential(string name) => $$"""{"name":{{JsonSerializer.Serialize(name)}},"connector":"http","fields":{"token":"secret-1"} }""";

    private static string Note(string note) => $$"""{"note":{{JsonSerializer.Serialize(note)}} }""";

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
