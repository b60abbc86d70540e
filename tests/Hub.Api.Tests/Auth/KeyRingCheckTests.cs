using Hub.Api.Auth;
using Hub.Storage;
using Hub.Storage.Credentials;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Api.Tests.Auth;

public sealed class KeyRingCheckTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public async Task KeyRing_OfAnotherHub_IsRefused()
    {
        await Hub.AddSourceAsync("""{"scheme":"github","secrets":["a secret of some length"]}""");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => CheckAsync(new EphemeralDataProtectionProvider()));
        Assert.Contains("another key ring", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyRing_ThatReadsSomeSecret_IsTaken()
    {
        await Hub.AddSourceAsync("""{"scheme":"github","secrets":["a secret of some length"]}""");
        var kept = await Hub.AskAsync("SELECT value FROM hub.settings WHERE key = 'key_ring_check'");
        await Hub.AskAsync("UPDATE hub.settings SET value = 'AAAA' WHERE key = 'key_ring_check'");
        try
        {
            await CheckAsync(Hub.Get<IDataProtectionProvider>());
        }
        finally
        {
            await Hub.AskAsync("UPDATE hub.settings SET value = $1 WHERE key = 'key_ring_check'", kept!);
        }
    }

    private Task CheckAsync(IDataProtectionProvider keys) =>
        new KeyRingCheck(Hub.Get<HubDatabase>(), new SecretVault(keys), NullLogger<KeyRingCheck>.Instance).StartAsync(Cancel);
}
