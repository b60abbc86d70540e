namespace Hub.EndToEnd;

/// <summary>A data directory that came without its key ring.</summary>
public sealed class KeyRingTests
{
    [Fact]
    public async Task Start_WithoutTheKeyRingOfTheDatabase_WritesNoKeyAndGoesOnOnceItIsThere()
    {
        await using var hub = new HubProcess();
        await hub.StartAsync();
        await hub.AddSourceAsync("kept", "secret-1");
        Assert.Equal(0, await hub.InterruptAsync());
        var keys = Path.Combine(hub.DataDirectory, "keys");
        Directory.Move(keys, keys + ".aside");
        await Assert.ThrowsAsync<InvalidOperationException>(hub.StartAsync);
        Assert.Contains($"There is no key in {keys}, but the secrets in this database were encrypted with one.", hub.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(keys));
        Directory.Delete(keys);
        Directory.Move(keys + ".aside", keys);
        await hub.StartAsync();
    }
}
