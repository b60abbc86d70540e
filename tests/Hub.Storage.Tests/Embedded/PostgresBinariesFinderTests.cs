using Hub.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Storage.Tests.Embedded;

public sealed class PostgresBinariesFinderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_ConfiguredFolder_WinsOverAllOthers()
    {
        FakePrograms.Postgres(_folder.Below("package", NpmPostgresPackage.Version, "bin"), 18);

        Assert.Equal(16, (await FindAsync(null, configured: FakePrograms.Postgres(_folder.Below("configured"), 16))).Major);
    }

    [Fact]
    public async Task Find_FetchedPackage_WinsOverInstalledOnes()
    {
        var package = FakePrograms.Postgres(_folder.Below("package", NpmPostgresPackage.Version, "bin"), 18);

        var found = await FindAsync(null, path: FakePrograms.Postgres(_folder.Below("path"), 19));

        Assert.Equal(package, found.Folder);
    }

    [Fact]
    public async Task Find_NoPackage_TakesTheNewestInstalledOne()
    {
        var old = FakePrograms.Postgres(_folder.Below("15"), 15);
        var recent = FakePrograms.Postgres(_folder.Below("17"), 17);
        var ancient = FakePrograms.Postgres(_folder.Below("9"), 9);

        Assert.Equal(recent, (await FindAsync(null, path: old, installed: [recent, ancient])).Folder);
    }

    [Fact]
    public async Task Find_ExistingCluster_TakesItsMajorVersion()
    {
        FakePrograms.Postgres(_folder.Below("package", NpmPostgresPackage.Version, "bin"), 18);
        var old = FakePrograms.Postgres(_folder.Below("15"), 15);
        var recent = FakePrograms.Postgres(_folder.Below("17"), 17);

        Assert.Equal(old, (await FindAsync(15, installed: [recent, old])).Folder);
    }

    [Fact]
    public async Task Find_ConfiguredFolderOfAnotherMajor_IsRefused()
    {
        var folder = FakePrograms.Postgres(_folder.Below("configured"), 16);

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => FindAsync(15, configured: folder));

        Assert.Contains("made by PostgreSQL 15", error.Message);
        Assert.Contains("BinDirectory", error.Message);
    }

    [Fact]
    public async Task Find_NothingUsable_NamesWhatWasTriedAndTheRemedies()
    {
        var ancient = FakePrograms.Postgres(_folder.Below("9"), 9);
        Directory.CreateDirectory(_folder.Below("empty"));

        var error = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => FindAsync(null, installed: [ancient, _folder.Below("empty")]));

        Assert.Contains("npm is not installed", error.Message);
        Assert.Contains($"{ancient} (holds 9)", error.Message);
        Assert.Contains("PATH (no initdb)", error.Message);
        Assert.Contains("Node.js 20", error.Message);
        Assert.Contains("ConnectionStrings__Hub", error.Message);
    }

    private Task<PostgresBinaries> FindAsync(int? major, string? configured = null, string? path = null, params string[] installed)
    {
        var search = new BinariesSearch(configured, _folder.Below("package"), path, installed);
        var package = new NpmPostgresPackage(search.PackageDirectory, npm: null, NpmPostgresPackage.Hashes, NullLogger.Instance);
        return new PostgresBinariesFinder(search, package, ServerAccount.Choose(), NullLogger.Instance).FindAsync(major, TestContext.Current.CancellationToken);
    }
}
