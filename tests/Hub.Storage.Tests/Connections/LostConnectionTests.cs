using System.Globalization;
using Hub.Storage.Embedded;
using Hub.Storage.Notifications;
using Hub.Storage.Tests.Embedded;
using Hub.TestSupport;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests.Connections;

/// <summary>Connections that nobody uses do not say that their server is gone; whoever takes one next must not be told in their place.</summary>
public sealed class LostConnectionTests(MadeCluster made) : EmbeddedServerTest(made)
{
    private const int Kill = 9;

    [Fact]
    public async Task Listener_LosesItsConnection_EveryPoolMakesNewOnes()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using var database = Open(new DatabaseOptions { ConnectionString = connection }, new EmbeddedPostgresOptions());
        await database.StartAsync(Cancel);
        var before = await BackendsAsync(database);
        var listens = new TaskCompletionSource();
        var listening = new HubChannel(database).ListenAsync(listens.SetResult, _ => { }, Cancel);
        await listens.Task.WaitAsync(Cancel);

        await using (var other = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            await other.OpenAsync(Cancel);
            await using var kill = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
                other
            );
            Assert.True((long)(await kill.ExecuteScalarAsync(Cancel))! >= before.Count);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => listening.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        Assert.Empty(before.Intersect(await BackendsAsync(database)));
    }

    [Fact]
    public async Task OwnServer_Killed_EveryPoolMakesNewOnes()
    {
        await using (await StartMadeAsync()) { }

        await using var database = Open(new DatabaseOptions(), new EmbeddedPostgresOptions { DataDirectory = Data });
        await database.StartAsync(Cancel);
        var before = await BackendsAsync(database);

        Assert.Equal(0, Libc.Kill(Postmaster(), Kill));
        await Lines.WaitForAsync("PostgreSQL answers again", Cancel);

        Assert.Empty(before.Intersect(await BackendsAsync(database)));
    }

    private HubDatabase Open(DatabaseOptions options, EmbeddedPostgresOptions embedded) => new(Options.Create(options), Options.Create(embedded), Lines);

    /// <summary>The process of the server in <see cref="EmbeddedServerTest.Data"/>.</summary>
    private int Postmaster()
    {
        var location = Path.Combine(Data, "postgresql.location");
        var cluster = File.Exists(location) ? File.ReadAllText(location).Trim() : Data;
        return int.Parse(
            File.ReadLines(Directory.EnumerateFiles(cluster, "postmaster.pid", SearchOption.AllDirectories).Single()).First(),
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>Asks over each pool once; the processes that answered.</summary>
    private static async Task<List<int>> BackendsAsync(HubDatabase database)
    {
        var backends = new List<int>();
        foreach (var pool in (NpgsqlDataSource[])[database.ApiSource, database.CommitSource, database.HotSource, database.DataSource, database.ProbeSource])
        {
            await using var command = pool.CreateCommand("SELECT pg_backend_pid()");
            backends.Add((int)(await command.ExecuteScalarAsync(Cancel))!);
        }

        return backends;
    }
}
