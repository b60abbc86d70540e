using System.Net;
using System.Net.Sockets;
using Hub.Storage.Embedded;
using Npgsql;

namespace Hub.Storage.Tests.Embedded;

public sealed class EmbeddedPostgresStartTests(MadeCluster made) : EmbeddedServerTest(made)
{
    [Fact]
    public async Task Start_EmptyDataDirectory_AnswersWithSafeSettings()
    {
        await using var server = await StartAsync();

        Assert.Equal(
            "on|on|on|UTF8|127.0.0.1|none|0",
            await AskAsync(
                server,
                """
                SELECT concat_ws('|', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('data_checksums'),
                    current_setting('server_encoding'), current_setting('listen_addresses'), current_setting('log_statement'),
                    current_setting('log_parameter_max_length'))
                """
            )
        );
        Assert.Equal(false, await AskAsync(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"));
        await Assert.ThrowsAsync<PostgresException>(() => AskAsync(server, "COPY (SELECT 1) TO PROGRAM 'true'"));
    }

    [Fact]
    public async Task Start_MadeCluster_KeepsThePasswordAndTheLockPrivate()
    {
        await using var server = await StartMadeAsync();

        var secret = new NpgsqlConnectionStringBuilder(server.ConnectionString).Password!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestFolder.ModeOf(Path.Combine(Data, "postgresql.secret")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, TestFolder.ModeOf(Path.Combine(Data, "hub.lock")));
        Assert.Equal(HubDataDirectory.Private, TestFolder.ModeOf(server.DataDirectory.KeyRingPath));
        Assert.Equal(HubDataDirectory.Private, TestFolder.ModeOf(server.ClusterPath));
        Assert.DoesNotContain(secret, Lines.Text);
        Assert.DoesNotContain(secret, await File.ReadAllTextAsync(server.LogPath, Cancel));
        await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            await using var stranger = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess" }.ConnectionString);
            await stranger.OpenAsync(Cancel);
        });
    }

    [Fact]
    public async Task Start_AfterAStop_KeepsDataPortAndPassword()
    {
        string before;
        await using (var first = await StartMadeAsync())
        {
            await AskAsync(first, "CREATE TABLE kept AS SELECT 42 AS value");
            before = first.ConnectionString;
        }

        await using var second = await StartAsync();

        Assert.Equal(before, second.ConnectionString);
        Assert.Equal(42, await AskAsync(second, "SELECT value FROM kept"));
    }

    [Fact]
    public async Task Start_HalfMadeCluster_BeginsAgain()
    {
        Directory.CreateDirectory(Path.Combine(Data, "database", "staging-half", "base"));
        ServerAccount.Choose().Own(Path.Combine(Data, "database"));

        await using var server = await StartAsync();

        Assert.Equal(1, await AskAsync(server, "SELECT 1"));
        Assert.False(Directory.Exists(Path.Combine(Data, "database", "staging-half")));
    }

    /// <summary>The initdb of a hub that was killed in its first start goes on writing for a while.</summary>
    [Fact]
    public async Task Start_WhileAKilledStartsFolderIsStillWritten_IsNotDisturbed()
    {
        var folder = Path.Combine(Data, "database", "staging-half", "base");
        Directory.CreateDirectory(folder);
        ServerAccount.Choose().Own(Path.Combine(Data, "database"));
        var begun = new TaskCompletionSource();
        var orphan = Task.Factory.StartNew(() => WriteUntilGone(folder, begun), Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await begun.Task.WaitAsync(Cancel);
        await using (var server = await StartAsync())
        {
            Assert.Equal(1, await AskAsync(server, "SELECT 1"));
        }

        await orphan;
        await using var next = await StartAsync();
        Assert.Empty(Directory.GetDirectories(Path.Combine(Data, "database"), "staging-*"));
    }

    private static void WriteUntilGone(string folder, TaskCompletionSource begun)
    {
        try
        {
            for (var i = 0; ; i = (i + 1) % 200)
            {
                File.WriteAllText(Path.Combine(folder, $"{i}"), "");
                begun.TrySetResult();
            }
        }
        catch (DirectoryNotFoundException)
        {
            // As initdb ends when its folder is gone.
        }
    }

    [Fact]
    public async Task Start_RememberedPortTaken_ChoosesAnother()
    {
        int port;
        await using (var first = await StartMadeAsync())
        {
            port = PortOf(first);
        }

        using var squatter = new TcpListener(IPAddress.Loopback, port);
        squatter.Start();
        await using var second = await StartAsync();

        Assert.NotEqual(port, PortOf(second));
        Assert.Equal(1, await AskAsync(second, "SELECT 1"));
    }

    [Fact]
    public async Task Start_PasswordFileLost_SetsANewPassword()
    {
        await using (await StartMadeAsync())
        {
            File.Delete(Path.Combine(Data, "postgresql.secret"));
        }

        await using var server = await StartAsync();

        Assert.Equal(1, await AskAsync(server, "SELECT 1"));
    }

    [Fact]
    public async Task Start_SecondHubOnTheSameDirectory_IsRefused()
    {
        await using var first = await StartMadeAsync();

        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());

        Assert.Contains(Data, refusal.Message);
        Assert.Contains("Hub__DataDirectory", refusal.Message);
    }

    [Fact]
    public async Task Start_WrongSetting_FailsAtOnceWithTheServersReason()
    {
        var failure = await Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync(options => options.Settings["shared_buffers"] = "plenty"));

        Assert.Contains("shared_buffers", failure.Message);
    }

    [Fact]
    public async Task Start_DataDirectoryClosedToTheServersUser_PutsTheClusterElsewhereAndRemembers()
    {
        Assert.SkipUnless(HubDataDirectory.RunsAsRoot, "only root hands the server to another user");
        using var closed = new TestFolder(closed: true);
        string cluster;
        await using (var first = await StartAsync(options => options.DataDirectory = closed.Path))
        {
            cluster = first.ClusterPath;
            await AskAsync(first, "CREATE TABLE kept AS SELECT 42 AS value");
        }

        await using var second = await StartAsync(options => options.DataDirectory = closed.Path);

        Assert.Equal(cluster, second.ClusterPath);
        Assert.Equal(42, await AskAsync(second, "SELECT value FROM kept"));
        Assert.StartsWith(HubDataDirectory.SystemPath, cluster, StringComparison.Ordinal);
        Assert.Contains("the database goes to", Lines.Text);
    }
}
