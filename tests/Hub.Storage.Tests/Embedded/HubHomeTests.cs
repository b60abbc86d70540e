using System.Diagnostics;
using Hub.Storage.Embedded;

namespace Hub.Storage.Tests.Embedded;

/// <summary>How a hub knows whether a data directory is its own.</summary>
public sealed class HubHomeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Look_AtANewFolderAndAgain_IsHome()
    {
        Assert.Null(await Home("data").WhyStrangeAsync(Cancel));
        Assert.Null(await Home("data").WhyStrangeAsync(Cancel));
        Directory.Move(_folder.Below("data"), _folder.Below("moved"));
        Assert.Null(await Home("moved").WhyStrangeAsync(Cancel));
    }

    [Fact]
    public async Task Look_AtACopyWithAllItsAttributes_IsStrangeUntilItSettles()
    {
        Assert.Null(await Home("data").WhyStrangeAsync(Cancel));
        using (var copying = Process.Start("cp", ["-a", _folder.Below("data"), _folder.Below("copy")]))
        {
            await copying.WaitForExitAsync(Cancel);
        }

        Assert.Equal($"its data directory {_folder.Below("copy")} is a copy of another one", await Home("copy").WhyStrangeAsync(Cancel));
        Assert.Null(await Home("data").WhyStrangeAsync(Cancel));
        await Home("copy").SettleAsync(Cancel);
        Assert.Null(await Home("copy").WhyStrangeAsync(Cancel));
    }

    [Fact]
    public async Task Look_AfterARestore_IsStrangeUntilItSettles()
    {
        await Home("data").MarkRestoredAsync(Cancel);
        Assert.Contains("restored from a backup", await Home("data").WhyStrangeAsync(Cancel), StringComparison.Ordinal);
        await Home("data").SettleAsync(Cancel);
        Assert.Null(await Home("data").WhyStrangeAsync(Cancel));
    }

    [Theory]
    [InlineData(1, 2, 3, true)]
    [InlineData(9, 2, 3, true)]
    [InlineData(9, 2, 4, false)]
    [InlineData(9, 2, 0, false)]
    [InlineData(1, 2, 4, true)]
    [InlineData(1, 7, 3, false)]
    public void Identity_OnAnotherDevice_IsTheSameWhereInodeAndTimeOfMakingAre(ulong device, ulong inode, long created, bool isSame) =>
        Assert.Equal(isSame, new FileIdentity(1, 2, 3).IsSameFileAs(FileIdentity.Parse(new FileIdentity(device, inode, created).ToString())!.Value));

    private HubHome Home(string name) => new(HubDataDirectory.Open(_folder.Below(name)));
}
