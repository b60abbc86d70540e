using Hub.Connectors;
using Hub.Engine.Credentials;
using Hub.Engine.Snapshots;
using Hub.Storage;
using Hub.Storage.Credentials;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Tests.Credentials;

public sealed class CredentialStoreTests(HubFixture fixture) : EngineTest(fixture)
{
    [Theory]
    [InlineData(30)]
    [InlineData(5)]
    public async Task Find_ChangedWithoutANotice_IsLoadedAnewWhenItIsNoLongerFresh(int seconds)
    {
        var cache = Options.Create(new CacheOptions { Freshness = TimeSpan.FromSeconds(seconds) });
        var time = new ManualTime();
        var store = new CredentialStore(Hub.Get<HubDatabase>(), Hub.Get<SecretVault>(), Hub.Get<ConnectorRegistry>(), cache, time);
        var id = (
            await Hub.SendAsync(HttpMethod.Post, "/api/v1/credentials", """{"name":"changing","connector":"slack","fields":{"token":"xoxb-first-token"}}""")
        )
            .GetProperty("id")
            .GetGuid();
        Assert.Equal("xoxb-first-token", await TokenAsync(store));
        var second = Hub.Get<SecretVault>().Protect(SecretPlace.Credential(id, "slack", "changing"), """{"token":"xoxb-second-token"}"""u8.ToArray());
        await Hub.AskAsync("UPDATE hub.credentials SET protected_fields = $1 WHERE name = 'changing'", second);
        time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal("xoxb-first-token", await TokenAsync(store));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("xoxb-second-token", await TokenAsync(store));
        await Hub.AskAsync("DELETE FROM hub.credentials WHERE name = 'changing'");
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Null(await TokenAsync(store));
    }

    private static async Task<string?> TokenAsync(CredentialStore store) =>
        (await store.FindAsync("changing", "slack.post_message", Cancel)).Credential?.Fields["token"];
}
