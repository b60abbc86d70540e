using Hub.Engine.Intake;
using Hub.Storage.Sources;

namespace Hub.Api.Tests.Sources;

/// <summary>A Source's address is changed while it receives, and is nowhere kept in the clear.</summary>
public sealed class AddressTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task Rotate_WithAnOverlap_BothAddressesWorkUntilTheFormerEnds()
    {
        var source = await Hub.AddSourceAsync();
        var view = await RotateAsync(source, """{"overlapSeconds":3600}""");
        var changed = source with { Token = view.GetProperty("token").GetString()! };
        Assert.NotEqual(source.Token, changed.Token);
        Assert.EndsWith("/webhooks/incoming/" + changed.Token, view.GetProperty("url").GetString(), StringComparison.Ordinal);
        var former = Assert.Single(view.GetProperty("formerAddresses").EnumerateArray());
        Assert.Equal(source.Token[^4..], former.GetProperty("hint").GetString());
        Assert.InRange(former.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        await Hub.DeliverAsync(source, "{}");
        await Hub.DeliverAsync(changed, "{}");

        await Hub.AskAsync("UPDATE hub.source_addresses SET expires_at = now() WHERE source_id = $1 AND expires_at IS NOT NULL", source.Id);
        Hub.Get<SourceDirectory>().Invalidate();
        await UnknownAsync(source);
        await Hub.DeliverAsync(changed, "{}");
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.Equal((changed.Token, JsonValueKind.Null), (shown.GetProperty("token").GetString(), shown.GetProperty("formerAddresses").ValueKind));
        Assert.Equal(3, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Rotate_WithoutAnOverlap_EndsEveryFormerAddress()
    {
        var source = await Hub.AddSourceAsync();
        var second = source with { Token = (await RotateAsync(source, null)).GetProperty("token").GetString()! };
        var third = source with { Token = (await RotateAsync(source, """{"overlapSeconds":0}""")).GetProperty("token").GetString()! };
        await UnknownAsync(source);
        await UnknownAsync(second);
        await Hub.DeliverAsync(third, "{}");
    }

    [Fact]
    public async Task Rotate_Again_DoesNotProlongWhatEndsEarlier()
    {
        var source = await Hub.AddSourceAsync();
        await RotateAsync(source, """{"overlapSeconds":60}""");
        var former = (await RotateAsync(source, "{}"))
            .GetProperty("formerAddresses")
            .EnumerateArray()
            .Select(address => address.GetProperty("expiresAt").GetDateTimeOffset())
            .ToList();
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(former[0] - now, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
        Assert.InRange(former[1] - now, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("""{"overlapSeconds":-1}""", "overlap_invalid")]
    [InlineData("""{"overlapSeconds":7776001}""", "overlap_invalid")]
    [InlineData("""{"overlapSeconds":"1h"}""", "invalid_json")]
    [InlineData("""{"overlap":1}""", "invalid_json")]
    public async Task Rotate_Faulty_IsRefused(string json, string code)
    {
        var source = await Hub.AddSourceAsync();
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/rotate-address", json, 400, code);
        await Hub.DeliverAsync(source, "{}");
    }

    [Fact]
    public async Task Rotate_UnknownSourceOrTooOften_IsRefused()
    {
        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{Guid.CreateVersion7()}/rotate-address", null, 404, "not_found");
        var source = await Hub.AddSourceAsync();
        for (var i = 0; i < 9; i++)
        {
            await RotateAsync(source, null);
        }

        await RefusedAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/rotate-address", null, 409, "too_many_addresses");
        await Hub.DeliverAsync(source, "{}");
        var last = source with { Token = (await RotateAsync(source, """{"overlapSeconds":0}""")).GetProperty("token").GetString()! };
        await UnknownAsync(source);
        await Hub.DeliverAsync(last, "{}");
    }

    [Fact]
    public async Task Token_InTheDatabase_IsAHashAndACiphertext()
    {
        var source = await Hub.AddSourceAsync("""{"scheme":"github","secrets":["9hR2xkVh3qT7wLmZ"]}""");
        using (var refused = await Hub.PostAsync(source, "{}"u8.ToArray(), "?a=b"))
        {
            await ProblemAsync(refused, 401, "signature_missing");
        }

        Assert.Equal(
            AddressHash.Of(source.Token)!.Value.ToBytes(),
            await Hub.AskAsync("SELECT hash FROM hub.source_addresses WHERE source_id = $1", source.Id)
        );
        Assert.Equal(
            $"/webhooks/incoming/{{{AddressHash.Of(source.Token)}}}?a=b",
            ((string)(await Hub.AskAsync("SELECT url FROM hub.quarantine WHERE source_id = $1", source.Id))!)[
                Hub.Url.GetLeftPart(UriPartial.Authority).Length..
            ]
        );
        var tables = (string[])
            (await Hub.AskAsync("SELECT array_agg(relname::text) FROM pg_class WHERE relnamespace = 'hub'::regnamespace AND relkind = 'r'"))!;
        foreach (var table in tables)
        {
            Assert.Equal(
                0L,
                await Hub.AskAsync(
                    $"SELECT count(*) FROM hub.\"{table}\" t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0",
                    source.Token,
                    Convert.ToHexStringLower(Encoding.UTF8.GetBytes(source.Token))
                )
            );
        }

        Assert.DoesNotContain(source.Token, Hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_ThatCannotBeDecrypted_ReceivesAndIsToldAndReplaced()
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AskAsync("UPDATE hub.source_addresses SET protected = '\\x0200' WHERE source_id = $1", source.Id);
        Hub.Get<SourceDirectory>().Invalidate();
        await Hub.DeliverAsync(source, "{}");
        var shown = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/sources/{source.Id}");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (shown.GetProperty("token").ValueKind, shown.GetProperty("url").ValueKind));
        Assert.Contains("rotate-address", shown.GetProperty("problem").GetString(), StringComparison.Ordinal);
        var changed = await RotateAsync(source, null);
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("problem").ValueKind);
        Assert.Equal(JsonValueKind.Null, Assert.Single(changed.GetProperty("formerAddresses").EnumerateArray()).GetProperty("hint").ValueKind);
        await Hub.DeliverAsync(source, "{}");
    }

    [Fact]
    public async Task Address_OfADeletedSource_IsUnknown()
    {
        var source = await Hub.AddSourceAsync();
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}");
        await UnknownAsync(source);
        Assert.Equal(0L, await Hub.AskAsync("SELECT count(*) FROM hub.source_addresses WHERE source_id = $1", source.Id));
        await UnknownAsync(source with { Token = new string('x', 4000) });
    }

    private Task<JsonElement> RotateAsync(TestSource source, string? json) =>
        Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/rotate-address", json);

    private async Task UnknownAsync(TestSource source)
    {
        using var response = await Hub.PostAsync(source, "{}"u8.ToArray());
        await ProblemAsync(response, 404, "not_found");
    }
}
