using Hub.Storage.Embedded;
using Hub.Storage.Embedded.Backups;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

/// <summary>A running database is copied, and comes up elsewhere as it was.</summary>
public sealed class BackupTests(MadeCluster made) : EmbeddedServerTest(made)
{
    private string Target => Folder.Below("backup");

    private string Elsewhere => Folder.Below("restored");

    [Fact]
    public async Task Backup_WhileRowsAreWritten_RestoresAllOfBeforeAndNoneTwice()
    {
        await using var server = await StartMadeAsync();
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory.KeyRingPath, "key-1.xml"), "<key/>", Cancel);
        await AskAsync(server, "CREATE TABLE rows (n int PRIMARY KEY, filler text NOT NULL)");
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(
            async () =>
            {
                await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
                await connection.OpenAsync(Cancel);
                while (!stop.IsCancellationRequested)
                {
                    await using var insert = new NpgsqlCommand("INSERT INTO rows SELECT $1, repeat('x', 500)", connection)
                    {
                        Parameters = { new() { Value = written + 1 } },
                    };
                    await insert.ExecuteNonQueryAsync(Cancel);
                    Interlocked.Increment(ref written);
                }
            },
            Cancel
        );
        SpinWait.SpinUntil(() => Volatile.Read(ref written) > 100, TimeSpan.FromSeconds(20));
        var before = Volatile.Read(ref written);
        var said = await BackUpAsync();
        var after = Volatile.Read(ref written);
        await stop.CancelAsync();
        await writing;

        Assert.Contains("whoever reads that folder can read your secrets", said, StringComparison.Ordinal);
        Assert.Equal(HubDataDirectory.Private, TestFolder.ModeOf(Target));
        Assert.All(Directory.GetFiles(Target, "*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("postgresql.secret", file, StringComparison.Ordinal)
        );
        Assert.Contains("starts paused", await RestoreAsync(), StringComparison.Ordinal);
        await using var restored = await StartAsync(options => options.DataDirectory = Elsewhere);
        Assert.Contains("restored from a backup", restored.WhyStrange, StringComparison.Ordinal);
        var rows = (int)(long)(await AskAsync(restored, "SELECT count(*) FROM rows"))!;
        Assert.InRange(rows, before, after + 1);
        Assert.Equal(rows, await AskAsync(restored, "SELECT max(n) FROM rows"));
        Assert.Equal("<key/>", await File.ReadAllTextAsync(Path.Combine(Elsewhere, "keys", "key-1.xml"), Cancel));
        Assert.Equal(0L, await AskAsync(server, "SELECT count(*) FROM pg_replication_slots"));
    }

    [Fact]
    public async Task Backup_OfAHubThatIsDown_StartsItsServerForTheTime()
    {
        await using (var server = await StartMadeAsync())
        {
            await AskAsync(server, "CREATE TABLE kept AS SELECT 42 AS value");
        }

        await BackUpAsync();
        await RestoreAsync();
        await using var restored = await StartAsync(options => options.DataDirectory = Elsewhere);
        Assert.Equal(42, await AskAsync(restored, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task Backup_IntoAFolderWithSomethingInIt_IsRefusedAndLeavesItAlone()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine"), "mine", Cancel);
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(BackUpAsync);
        Assert.Contains("is not empty", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Backup_InterruptedWhenAllIsCopied_RemovesWhatItCopiedAndLetsTheServerGo(bool existed)
    {
        await using var server = await StartMadeAsync();
        if (existed)
        {
            Directory.CreateDirectory(Target);
        }

        // The time is asked for at the begin, and for the manifest.
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var (asked, copied) = (0, 0);
        var time = new WatchedTime(() =>
        {
            if (++asked == 2)
            {
                copied = Directory.GetFiles(Path.Combine(Target, "cluster", "global")).Length;
                interrupt.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backup(time).RunAsync(Target, interrupt.Token));
        Assert.True(copied > 10, $"{copied} files were copied, too few to prove anything");
        Assert.Equal(existed, Directory.Exists(Target));
        Assert.True(!existed || !Directory.EnumerateFileSystemEntries(Target).Any());
        await AskAsync(server, "SELECT 1");
        await BackUpAsync();
    }

    [Fact]
    public async Task Backup_WhereThereIsNoDatabase_SaysSoAndMakesNothing()
    {
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(BackUpAsync);
        Assert.Contains("There is no database in", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target) || Directory.Exists(Data));
    }

    [Fact]
    public async Task Backup_OfADatabaseThatAnOlderVersionMade_IsPossibleAfterOneStart()
    {
        string program,
            cluster;
        await using (var server = await StartMadeAsync(options => options.Settings["wal_level"] = "minimal"))
        {
            (program, cluster) = (File.ResolveLinkTarget($"/proc/{server.ProcessId}/exe", returnFinalTarget: true)!.FullName, server.ClusterPath);
            var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(BackUpAsync);
            Assert.Contains("wal_level=minimal", refused.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Target));
        }

        // An older version wrote the log at that level, and gave the hub's role no rights for backups.
        var account = await ServerAccount.ChooseForAsync(cluster, Cancel);
        const string Without =
            "ALTER ROLE flowpilot NOREPLICATION\nREVOKE EXECUTE ON FUNCTION pg_backup_start(text, boolean), pg_backup_stop(boolean) FROM flowpilot\n";
        var undone = await Command.RunAsync(
            Command.Prepare(account, program, ["--single", "-D", cluster, "-c", "exit_on_error=on", "postgres"], "/"),
            Without,
            Cancel
        );
        Assert.True(undone!.Succeeded, undone.Output);
        await File.WriteAllTextAsync(
            Path.Combine(cluster, ClusterSettings.FileName),
            "# Written by the hub at each start; change Hub:Embedded:Settings instead.\n",
            Cancel
        );

        await using var later = await StartAsync();
        Assert.Equal(true, await AskAsync(later, "SELECT rolreplication FROM pg_roles WHERE rolname = current_user"));
        await BackUpAsync();
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("gone")]
    [InlineData("unfinished")]
    public async Task Restore_OfWhatIsNotWhole_IsRefusedAndLeavesNothing(string how)
    {
        await MakeAsync();
        await BackUpAsync();
        var file = Path.Combine(Target, "cluster", "global", "pg_control");
        switch (how)
        {
            case "changed":
                await File.WriteAllBytesAsync(
                    file,
                    [.. (await File.ReadAllBytesAsync(file, Cancel)).Select((value, at) => at == 99 ? (byte)~value : value)],
                    Cancel
                );
                break;
            case "gone":
                File.Delete(file);
                break;
            default:
                File.Delete(Path.Combine(Target, "backup.json"));
                break;
        }

        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(RestoreAsync);
        Assert.Contains(how == "unfinished" ? "no whole backup" : "pg_control is not as it was", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Elsewhere, "database", "cluster")));
        Assert.False(Directory.Exists(Path.Combine(Elsewhere, "database", "staging-restore")));
    }

    [Fact]
    public async Task Restore_OverADatabase_IsRefused()
    {
        await MakeAsync();
        await BackUpAsync();
        await RestoreAsync();
        var refused = await Assert.ThrowsAsync<EmbeddedPostgresException>(RestoreAsync);
        Assert.Contains("holds a database already", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("000000010000000000000002", "000000010000000000000002", 16, "000000010000000000000002")]
    [InlineData(
        "0000000100000000000000FE",
        "000000010000000100000001",
        16,
        "0000000100000000000000FE 0000000100000000000000FF 000000010000000100000000 000000010000000100000001"
    )]
    [InlineData("000000010000000000000003", "000000010000000100000000", 1024, "000000010000000000000003 000000010000000100000000")]
    public void Log_BetweenTwoPieces_NamesEachOfThem(string first, string last, int megabytes, string names) =>
        Assert.Equal(names.Split(' '), WalSegments.Between(first, last, (long)megabytes << 20));

    private async Task MakeAsync()
    {
        await using var server = await StartMadeAsync();
    }

    private EmbeddedBackup Backup(TimeProvider time) => new(new EmbeddedPostgresOptions { DataDirectory = Data }, Path.Combine(Data, "keys"), time, Lines);

    private Task<string> BackUpAsync() => Backup(TimeProvider.System).RunAsync(Target, Cancel);

    private Task<string> RestoreAsync() =>
        new EmbeddedRestore(new EmbeddedPostgresOptions { DataDirectory = Elsewhere }, Path.Combine(Elsewhere, "keys"), Lines).RunAsync(Target, Cancel);

    /// <summary>The time, and something that is done whenever somebody asks for it.</summary>
    private sealed class WatchedTime(Action asked) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            asked();
            return System.GetUtcNow();
        }
    }
}
