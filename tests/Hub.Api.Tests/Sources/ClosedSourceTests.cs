using Hub.Engine.Intake;

namespace Hub.Api.Tests.Sources;

public sealed class ClosedSourceTests(HubFixture fixture) : HubTest(fixture)
{
    /// <summary>What is wrong, as SQL, and what the Source says of it.</summary>
    public static TheoryData<string, string> Errors =>
        new()
        {
            { "scheme = 'a-profile-that-was-taken-away'", "There is no signature scheme" },
            { "dedupe = 'nothing:known'", "'nothing:known'" },
            { """settings = '{"methods":7}'""", "cannot be read" },
            { """settings = '{"allowedAddresses":["10.0.0"]}'""", "cannot be read" },
        };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Source_ThatCannotJudge_TellsSendersToComeAgain(string change, string problem)
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AskAsync($"UPDATE hub.sources SET {change} WHERE id = $1", source.Id);
        Hub.Get<SourceDirectory>().Invalidate();
        using (var response = await Hub.PostAsync(source, "{}"u8.ToArray()))
        {
            await ProblemAsync(response, 503, "source_closed");
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 60, 72);
        }

        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.Contains(problem, shown.GetProperty("problem").GetString(), StringComparison.OrdinalIgnoreCase);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/verify", "{}", 409, "source_closed");
        Assert.Contains(source.Name, (await Hub.SendAsync(HttpMethod.Get, "/api/v1/sources?limit=200")).ToString(), StringComparison.Ordinal);
        await Hub.SendAsync(HttpMethod.Put, $"/api/v1/sources/{source.Id}", $$"""{"name":"{{source.Name}}","signature":{"scheme":"none"} }""");
        await Hub.DeliverAsync(source, "{}");
    }

    [Fact]
    public async Task Secrets_OfASourceWhoseSchemeIsGone_AreNotChanged()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"github","secrets":["a secret of some length"]}""");
        await Hub.AskAsync("UPDATE hub.sources SET scheme = 'gone' WHERE id = $1", source.Id);
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{"secret":"another secret"}""", 409, "source_closed");
    }
}
