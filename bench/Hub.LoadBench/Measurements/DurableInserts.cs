using System.Diagnostics;
using System.Text;
using Hub.LoadBench.Load;
using Hub.LoadBench.Servers;
using Npgsql;

namespace Hub.LoadBench.Measurements;

/// <summary>(b) What the same PostgreSQL makes durable when every row is a commit of its own.</summary>
internal sealed class DurableInserts(DatabaseServer database, NpgsqlDataSource rows, BenchOptions options)
{
    public static async Task<DurableInserts> CreateAsync(DatabaseServer database, BenchOptions options)
    {
        var connection = await database.CreateDatabaseAsync("rows");
        var rows = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = options.Connections + 1 });
        await using var command = rows.CreateCommand(
            "CREATE TABLE rows (id uuid PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL)"
        );
        await command.ExecuteNonQueryAsync();
        return new DurableInserts(database, rows, options);
    }

    public async Task<Measurement> RunAsync()
    {
        await RunAsync(options.WarmUp);
        var before = await Costs.NowAsync(database, null);
        var started = Stopwatch.GetTimestamp();
        var micros = await RunAsync(options.Time);
        var result = new LoadResult(micros.Count, 0, Stopwatch.GetElapsedTime(started), micros);
        return (await Costs.NowAsync(database, null)).ShareOut(
            new Measurement("b", $"single-row commits, {options.Connections} connections", result.PerSecond)
            {
                P50 = result.Percentile(0.5),
                P99 = result.Percentile(0.99),
            },
            before,
            result.Acknowledged
        );
    }

    public ValueTask StopAsync() => rows.DisposeAsync();

    private async Task<List<int>> RunAsync(TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var clients = await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(() => InsertAsync(started, time))));
        var all = clients.SelectMany(micros => micros).ToList();
        all.Sort();
        return all;
    }

    private async Task<List<int>> InsertAsync(long started, TimeSpan time)
    {
        var micros = new List<int>();
        await using var connection = await rows.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO rows (id, body) VALUES ($1, $2)", connection);
        var id = new NpgsqlParameter<Guid>();
        insert.Parameters.Add(id);
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Encoding.UTF8.GetBytes(WebhookRequest.Body) });
        await insert.PrepareAsync();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            id.TypedValue = Guid.CreateVersion7();
            var sent = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            micros.Add((int)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
        }

        return micros;
    }
}
