using System.Globalization;
using System.Text.RegularExpressions;
using Hub.Storage.Deliveries;
using Hub.Storage.Embedded;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Tests.Plans;

/// <summary>A database whose statistics change only when they are told to, and the plans it made so far.</summary>
internal sealed partial class PlanDatabase : IAsyncDisposable
{
    private readonly Dictionary<(string Statement, string State), string> _plans = [];
    private readonly List<string> _states = [];

    public HubDatabase Database { get; private set; } = null!;

    public IEnumerable<(string State, string Shape)> PlansOf(PlannedStatement statement) =>
        _states.Where(state => _plans.ContainsKey((statement.Name, state))).Select(state => (state, _plans[(statement.Name, state)]));

    public async Task StartAsync()
    {
        Database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = await PostgresServer.CreateDatabaseAsync() }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await Database.StartAsync(CancellationToken.None);
        await PlanData.AddSlicesAsync(Database);
        await RunAsync([.. PlanData.Tables.Select(table => $"ALTER TABLE hub.{table} SET (autovacuum_enabled = off)")]);
        await RunAsync($"INSERT INTO hub.nodes (id, name, lease_until) VALUES ('{PlanData.LivingNode}', 'living', now() + interval '1 day')");
    }

    /// <summary>As autovacuum would: what holds no rows, and never did, stays unanalyzed.</summary>
    public Task AnalyzeAsync() =>
        RunAsync(
            $"ANALYZE {string.Join(", ", PlanData.Tables.Where(table => !table.EndsWith("_rest", StringComparison.Ordinal)).Select(table => $"hub.{table}"))}"
        );

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    public async Task FillAsync(int first, int last)
    {
        var (from, to) = (first.ToString(CultureInfo.InvariantCulture), last.ToString(CultureInfo.InvariantCulture));
        await RunAsync([.. PlanData.Fill.Select(sql => sql.Replace("$1", from, StringComparison.Ordinal).Replace("$2", to, StringComparison.Ordinal))]);
    }

    public async Task RunAsync(params string[] statements)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        foreach (var sql in statements)
        {
            await RunAsync(connection, sql);
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    public async Task PlanAsync(string state, bool isFull = true)
    {
        _states.Add(state);
        await using var hot = await Database.HotSource.OpenConnectionAsync();
        await using var everyday = await Database.DataSource.OpenConnectionAsync();
        foreach (var statement in PlannedStatements.All.Where(statement => isFull || !statement.IsOfSlices))
        {
            var explained = statement.IsHot ? await ExplainPreparedAsync(hot, statement) : await ExplainAsync(everyday, statement);
            _plans[(statement.Name, state)] = PlanShape.Of(explained);
        }
    }

    private static async Task<string> ExplainPreparedAsync(NpgsqlConnection connection, PlannedStatement statement)
    {
        var numbers = Placeholder().Matches(statement.Sql).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Append(0);
        var values = Enumerable.Range(1, numbers.Max()).Select(number => statement.Arguments.GetValueOrDefault(number, "NULL")).ToList();
        var arguments = values.Count == 0 ? "" : $"({string.Join(", ", values)})";
        await RunAsync(connection, $"PREPARE planned AS {statement.Sql}");
        await using (var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON, COSTS OFF) EXECUTE planned{arguments}", connection))
        {
            var explained = (string)(await explain.ExecuteScalarAsync())!;
            await RunAsync(connection, "DEALLOCATE planned");
            return explained;
        }
    }

    private static async Task<string> ExplainAsync(NpgsqlConnection connection, PlannedStatement statement)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (statement.IsToldTheOrder)
        {
            await RunAsync(connection, DeliverySearch.InOrder);
        }

        await using var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON, COSTS OFF) {statement.Sql}", connection);
        foreach (var (name, value) in statement.Values)
        {
            explain.Parameters.AddWithValue(name, value);
        }

        return (string)(await explain.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(@"\$(?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
