namespace Hub.Api.Tests.DeadLetters;

public sealed class DiscardTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Discard_WithANote_IsKeptAndTakenByNoReplay()
    {
        var (workflow, letters) = await AddAsync(2);
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var changed = await PatchAsync(letters[0], """{"status":"discarded","note":"The customer has cancelled."}""");
        Assert.Equal(("discarded", "The customer has cancelled."), (changed.Status(), changed.GetProperty("note").GetString()));
        Assert.InRange(changed.GetProperty("discardedAt").GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.InRange(changed.GetProperty("notedAt").GetDateTimeOffset(), before, TimeProvider.System.GetUtcNow().AddMinutes(1));
        foreach (var mode in (string[])["resume", "restart"])
        {
            var json = $$"""{"mode":"{{mode}}"}""";
            await RefusedAsync(HttpMethod.Post, $"/api/v1/dead-letters/{letters[0]}/replay", json, 409, "discarded");
            var many = await Hub.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", $$"""{"ids":["{{letters[0]}}"],"mode":"{{mode}}"}""");
            Assert.Equal("discarded", Assert.Single(many.GetProperty("notReplayed").EnumerateArray()).GetProperty("code").GetString());
        }

        var all = await Hub.SendAsync(HttpMethod.Post, "/api/v1/dead-letters/replay", $$"""{"filter":{"workflowId":"{{workflow}}"} }""");
        Assert.Equal((1, 0), (all.GetProperty("replayed").GetInt32(), all.GetProperty("notReplayed").GetArrayLength()));
        var listed = Assert.Single(
            (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={workflow}&status=discarded")).GetProperty("items").EnumerateArray()
        );
        Assert.Equal((letters[0], "The customer has cancelled."), (listed.GetProperty("id").GetGuid(), listed.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task Discarded_BroughtBack_IsOpenKeepsItsNoteAndIsReplayed()
    {
        var (_, letters) = await AddAsync(1);
        await PatchAsync(letters[0], """{"status":"discarded","note":"Not now."}""");
        var back = await PatchAsync(letters[0], """{"status":"open"}""");
        Assert.Equal(
            ("open", JsonValueKind.Null, "Not now."),
            (back.Status(), back.GetProperty("discardedAt").ValueKind, back.GetProperty("note").GetString())
        );
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{letters[0]}/replay");
        await RefusedAsync(HttpMethod.Patch, $"/api/v1/dead-letters/{letters[0]}", """{"status":"discarded"}""", 409, "already_replayed");
        await RefusedAsync(HttpMethod.Patch, $"/api/v1/dead-letters/{letters[0]}", """{"status":"open"}""", 409, "already_replayed");
        var noted = await PatchAsync(letters[0], """{"note":"Done."}""");
        Assert.Equal(("replayed", "Done."), (noted.Status(), noted.GetProperty("note").GetString()));
        var bare = await PatchAsync(letters[0], """{"note":""}""");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (bare.GetProperty("note").ValueKind, bare.GetProperty("notedAt").ValueKind));
    }

    [Theory]
    [InlineData("{}", 400, "change_missing")]
    [InlineData("""{"status":"replayed"}""", 400, "status_unknown")]
    [InlineData("""{"note":7}""", 400, "invalid_json")]
    [InlineData("""{"note":"a\u0000b"}""", 400, "text_invalid")]
    [InlineData("""{"notes":"x"}""", 400, "invalid_json")]
    [InlineData("""{"note":"x"}""", 404, "not_found")]
    public async Task Change_OfNothingOrFaulty_IsRefused(string json, int status, string code) =>
        await RefusedAsync(HttpMethod.Patch, $"/api/v1/dead-letters/{Guid.CreateVersion7()}", json, status, code);

    [Fact]
    public async Task Change_ToALongNote_IsRefused()
    {
        var (_, letters) = await AddAsync(1);
        await PatchAsync(letters[0], $$"""{"note":"{{new string('x', 2000)}}"}""");
        await RefusedAsync(HttpMethod.Patch, $"/api/v1/dead-letters/{letters[0]}", $$"""{"note":"{{new string('x', 2001)}}"}""", 400, "note_too_long");
    }

    private Task<JsonElement> PatchAsync(Guid letter, string json) => Hub.SendAsync(HttpMethod.Patch, $"/api/v1/dead-letters/{letter}", json);

    /// <summary>Dead letters of a workflow, the oldest first.</summary>
    private async Task<(Guid Workflow, Guid[] Letters)> AddAsync(int count)
    {
        var workflow = await Hub.AddWorkflowAsync("""[{"id":"only","type":"stop","with":{"outcome":"failed","reason":"as told"}}]""");
        for (var i = 0; i < count; i++)
        {
            await Hub.EndOfAsync(await Hub.ExecuteAsync(workflow));
        }

        var items = (await Hub.SendAsync(HttpMethod.Get, $"/api/v1/dead-letters?workflowId={workflow}")).GetProperty("items");
        return (workflow, [.. items.EnumerateArray().Select(letter => letter.GetProperty("id").GetGuid()).Order()]);
    }
}
