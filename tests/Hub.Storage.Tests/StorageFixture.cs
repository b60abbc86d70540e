using Hub.Storage.Embedded;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Queue;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests;

/// <summary>One migrated database for the tests of a class, and as many nodes on it as they like.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private readonly List<TestNode> _nodes = [];

    public HubDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await PostgresServer.CreateDatabaseAsync();
        Database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await Database.StartAsync(CancellationToken.None);
    }

    public TestNode AddNode()
    {
        var node = new HubNode();
        var added = new TestNode(
            node,
            new ExecutionQueue(Database, node),
            new JournalWriter(Database, node, Options.Create(new JournalOptions()), TimeProvider.System, NullLogger<JournalWriter>.Instance),
            new InboxWriter(Database, node, Options.Create(new InboxOptions()), TimeProvider.System, NullLogger<InboxWriter>.Instance)
        );
        _nodes.Add(added);
        return added;
    }

    /// <summary>Puts a due execution into the queue.</summary>
    public async Task<Guid> AddDueAsync(TimeSpan? since = null)
    {
        var id = Guid.CreateVersion7();
        await ExecuteAsync(
            "INSERT INTO hub.executions (id, workflow_id, version, trigger, status, wake_at, created_at) VALUES ($1, $1, 1, 'manual', 'pending', now() - "
                + "$2, now())",
            id,
            since ?? TimeSpan.Zero
        );
        return id;
    }

    public async Task<object?> AskAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync();
    }

    public async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Journal.DisposeAsync();
            await node.Inbox.DisposeAsync();
        }

        await Database.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = Database.DataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}

/// <summary>A node as its parts.</summary>
public sealed record TestNode(HubNode Node, ExecutionQueue Queue, JournalWriter Journal, InboxWriter Inbox);
