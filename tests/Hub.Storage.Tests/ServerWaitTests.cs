using System.Net;
using System.Net.Sockets;
using Hub.Storage.Embedded;
using Hub.Storage.Tests.Embedded;
using Hub.TestSupport;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests;

/// <summary>A hub that starts together with its PostgreSQL waits for it.</summary>
public sealed class ServerWaitTests
{
    private readonly LogLines _lines = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ServerComesLater_WaitsAndTells()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        var port = FreePort();
        await using var database = Open(At(connection, port));
        var start = database.StartAsync(Cancel);
        await _lines.WaitForAsync($"Waiting for PostgreSQL at 127.0.0.1:{port}", Cancel);

        await using var line = new PostgresLine(connection, port);
        await start.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.Contains($"PostgreSQL at 127.0.0.1:{port} answers", _lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ServerStillStarting_WaitsAndSaysWhatItSays()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        int port;
        Task start;
        HubDatabase database;
        await using (var starting = ScriptedPostgres.Refusing("57P03", "the database system is starting up"))
        {
            port = starting.Port;
            database = Open(At(connection, port));
            start = database.StartAsync(Cancel);
            await _lines.WaitForAsync("the database system is starting up", Cancel);
        }

        await using var line = new PostgresLine(connection, port);
        await using (database)
        {
            await start.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        }
    }

    [Fact]
    public async Task Start_ServerStaysAway_EndsWithTheReasonAndTheSetting()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        var port = FreePort();
        await using var database = Open(At(connection, port), TimeSpan.FromSeconds(0.5));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => database.StartAsync(Cancel));

        Assert.Contains($"127.0.0.1:{port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Hub:Database:StartTimeout", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(connection).Password!, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("28P01", "password authentication failed")]
    [InlineData("3D000", "database \"hub\" does not exist")]
    public async Task Start_ServerRefusesForGood_IsNotWaitedFor(string sqlState, string message)
    {
        await using var server = ScriptedPostgres.Refusing(sqlState, message);
        await using var database = Open($"Host=127.0.0.1;Port={server.Port};Username=hub;Password=wrong;SSL Mode=Disable;GSS Encryption Mode=Disable");

        var failure = await Assert.ThrowsAsync<PostgresException>(() => database.StartAsync(Cancel));

        Assert.Equal(sqlState, failure.SqlState);
        Assert.Equal(1, server.LogIns);
    }

    [Theory]
    [InlineData("hub.settings")]
    [InlineData("hub.nodes")]
    public async Task Start_TableLocked_WaitsAndSaysSo(string table)
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using (var first = Open(connection))
        {
            await first.StartAsync(Cancel);
        }

        await using var database = Open(connection);
        Task start;
        await using (await TableLock.TakeAsync(connection, table, Cancel))
        {
            start = database.StartAsync(Cancel);
            await _lines.WaitForAsync("another session has locked one of the tables hub.settings, hub.nodes", Cancel);
            Assert.False(start.IsCompleted);
        }

        await start.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task Start_StoppedWhileItWaits_EndsAtOnce()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var database = Open($"Host=127.0.0.1;Port={FreePort()};Username=hub");
        var start = database.StartAsync(stop.Token);
        await _lines.WaitForAsync("Waiting for PostgreSQL", Cancel);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start.WaitAsync(TimeSpan.FromSeconds(10), Cancel));
    }

    private HubDatabase Open(string connection, TimeSpan? patience = null) =>
        new(
            Options.Create(new DatabaseOptions { ConnectionString = connection, StartTimeout = patience ?? TimeSpan.FromSeconds(60) }),
            Options.Create(new EmbeddedPostgresOptions()),
            _lines
        );

    private static string At(string connection, int port) => new NpgsqlConnectionStringBuilder(connection) { Port = port }.ConnectionString;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
