using System.Text;
using Hub.Storage.Credentials;
using Hub.Storage.Deliveries;
using Hub.Storage.Embedded;
using Hub.Storage.Queue;
using Hub.Storage.Retention;
using Hub.Storage.Sources;
using Hub.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests.Migrations;

public sealed class UpgradeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OnADatabaseOfTheFirstVersion_KeepsItsDeliveriesAndCountsThem()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await MakeFirstVersionAsync(connection);
        var source = Guid.CreateVersion7();
        var old = await InsertAsync(connection, source, TimeProvider.System.GetUtcNow().AddDays(-40));
        var young = await InsertAsync(connection, source, TimeProvider.System.GetUtcNow());

        await using var database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await database.StartAsync(Cancel);

        var search = new DeliverySearch(database, TimeProvider.System);
        Assert.Equal([young, old], (await search.FindAsync(new DeliveryQuery { Sources = [source] }, 10, Cancel)).Rows.Select(row => row.Id));
        Assert.Equal(
            "received 2 accepted 2",
            await AskAsync(database, "SELECT format('received %s accepted %s', sum(received), sum(accepted)) FROM hub.intake_counts")
        );
        Assert.Equal("k", await AskAsync(database, "SELECT key FROM hub.delivery_keys WHERE expires_at > now() + interval '6 days'"));

        var hour = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600);
        var slices = new SliceStore(database, new HubNode());
        await slices.AddAsync("deliveries_0", hour.AddHours(-1), hour.AddHours(2), Cancel);
        var partition = new PartitionPolicy("deliveries_0", TimeSpan.FromDays(30), null);
        Assert.Equal(1, await slices.ExpireRestAsync(partition, TimeProvider.System.GetUtcNow().AddDays(-30), Cancel));
        Assert.Equal(young, await AskAsync(database, "SELECT id FROM hub.deliveries"));
        Assert.Equal("the body", await AskAsync(database, "SELECT convert_from(body, 'UTF8') FROM hub.deliveries"));
    }

    [Fact]
    public async Task Start_OnADatabaseOfTheFirstVersion_KeepsSecretsForTheStartToDivide()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await MakeFirstVersionAsync(connection);
        await using (var data = NpgsqlDataSource.Create(connection + ";Pooling=false"))
        {
            await using var command = data.CreateCommand(
                """
                INSERT INTO hub.sources (id, name, token, scheme, body_limit, protected_secrets, created_at, deleted_at)
                SELECT gen_random_uuid(), n, n, 'github', 1, s::bytea, now(), d::timestamptz
                FROM (VALUES ('kept', '\x09f0', NULL), ('bare', NULL, NULL), ('gone', '\x09f1', '2026-01-01')) AS made (n, s, d)
                """
            );
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using var database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await database.StartAsync(Cancel);
        Assert.Equal(
            "kept \\x0109f0",
            await AskAsync(
                database,
                "SELECT string_agg(name || ' ' || protected::text, ',') FROM hub.source_secrets JOIN hub.sources ON sources.id = source_id"
            )
        );
        await AddressesAreEncryptedAsync(database);
    }

    [Fact]
    public async Task Start_OnADatabaseWhoseQuarantineHasNoSlices_TakesItOverWithoutCopyingIt()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await MakeVersionAsync(connection, "0001_first", "0002_deliveries", "0003_sources");
        object? file;
        await using (var data = NpgsqlDataSource.Create(connection + ";Pooling=false"))
        {
            await using var insert = data.CreateCommand(
                """
                INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, verdict, reason, size, body)
                VALUES (gen_random_uuid(), gen_random_uuid(), now(), 'POST', '', '', '{}', 'missing', '', 8, 'the body')
                """
            );
            await insert.ExecuteNonQueryAsync(Cancel);
            await using var ask = data.CreateCommand("SELECT pg_relation_filenode('hub.quarantine')");
            file = await ask.ExecuteScalarAsync(Cancel);
        }

        await using var database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await database.StartAsync(Cancel);
        Assert.Equal("the body", await AskAsync(database, "SELECT convert_from(body, 'UTF8') FROM hub.quarantine"));
        Assert.Equal(file, await AskAsync(database, "SELECT pg_relation_filenode('hub.quarantine_rest')"));
    }

    /// <summary>The tokens were the names.</summary>
    private static async Task AddressesAreEncryptedAsync(HubDatabase database)
    {
        const string Sources =
            "FROM hub.source_addresses a JOIN hub.sources s ON s.id = source_id WHERE hash = sha256(convert_to(name, 'UTF8')) AND expires_at IS NULL";
        Assert.Equal(
            "bare,kept",
            await AskAsync(database, $"SELECT string_agg(name, ',' ORDER BY name) {Sources} AND protected = '\\x01'::bytea || convert_to(name, 'UTF8')")
        );
        var vault = new SecretVault(new EphemeralDataProtectionProvider());
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => new AddressProtection(database, vault).StartAsync(Cancel)));
        await using var context = database.AcrossWorkspaces();
        var rows = await context.SourceAddresses.ToListAsync(Cancel);
        Assert.Equal(
            ["bare", "kept"],
            rows.Select(row => vault.TryReveal(SecretPlace.Address(row.Id, row.SourceId), row.Protected, out var token) ? Encoding.UTF8.GetString(token) : "")
                .Order()
        );
        Assert.All(rows, row => Assert.False(vault.TryReveal(SecretPlace.Address(row.Id, Guid.Empty), row.Protected, out _)));
    }

    /// <summary>What is made statement by statement is made again from its beginning.</summary>
    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("DROP INDEX hub.executions_code, hub.dead_letters_code")]
    [InlineData("ALTER TABLE hub.dead_letters DROP CONSTRAINT dead_letters_discarded_check; DROP INDEX hub.workflows_name")]
    public async Task Start_AfterOneThatWasCutOffInAMigration_GoesOnWithIt(string left)
    {
        var connection = await PostgresServer.CreateDatabaseAsync(Cancel);
        await using (var first = NewDatabase(connection))
        {
            await first.StartAsync(Cancel);
            await AskAsync(first, "DELETE FROM hub.migrations WHERE \"MigrationId\" = '0011_lists'");
            await AskAsync(first, left);
        }

        await using var database = NewDatabase(connection);
        await database.StartAsync(Cancel);
        Assert.Equal(
            3L,
            await AskAsync(
                database,
                "SELECT count(*) FROM pg_index WHERE indisvalid AND "
                    + "indexrelid::regclass::text IN ('hub.dead_letters_code', 'hub.executions_code', 'hub.workflows_name')"
            )
        );
        Assert.Equal(
            "dead_letters_discarded_check true dead_letters_status_check true",
            await AskAsync(
                database,
                "SELECT string_agg(conname || ' ' || convalidated, ' ' ORDER BY conname) FROM pg_constraint "
                    + "WHERE conname IN ('dead_letters_discarded_check', 'dead_letters_status_check')"
            )
        );
    }

    private static HubDatabase NewDatabase(string connection) =>
        new(
            Options.Create(new DatabaseOptions { ConnectionString = connection + ";Pooling=false" }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );

    private static HubDbContext ContextOf(string connection) =>
        new(
            new DbContextOptionsBuilder<HubDbContext>()
                .UseNpgsql(connection + ";Pooling=false", npgsql => npgsql.MigrationsHistoryTable("migrations", HubDbContext.Schema))
                .Options
        );

    private static Task MakeFirstVersionAsync(string connection) => MakeVersionAsync(connection, "0001_first");

    private static async Task MakeVersionAsync(string connection, params string[] migrations)
    {
        await using var context = ContextOf(connection);
        var history = context.GetService<IHistoryRepository>();
        string[] made =
        [
            "CREATE SCHEMA IF NOT EXISTS hub",
            history.GetCreateScript(),
            .. migrations.SelectMany(id =>
                new[] { SqlText.Load(typeof(HubDatabase).Assembly, $"Migrations/{id}.sql"), history.GetInsertScript(new HistoryRow(id, "10")) }
            ),
        ];
        foreach (var sql in made)
        {
            await using var data = NpgsqlDataSource.Create(connection + ";Pooling=false");
            await using var command = data.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(Cancel);
        }
    }

    private static async Task<Guid> InsertAsync(string connection, Guid source, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7(at);
        await using var data = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = data.CreateCommand(
            """
            WITH keys AS (INSERT INTO hub.delivery_keys (source_id, key, delivery_id, received_at) VALUES ($2, 'k', $1, $3)
            ON CONFLICT (source_id, key) DO UPDATE SET received_at = excluded.received_at)
            INSERT INTO hub.deliveries (id, source_id, received_at, method, query, headers, body) VALUES ($1, $2, $3, 'POST', '', '{}', 'the body')
            """
        );
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(source);
        command.Parameters.AddWithValue(at);
        await command.ExecuteNonQueryAsync(Cancel);
        return id;
    }

    private static async Task<object?> AskAsync(HubDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
