using Hub.LoadBench.Servers;
using Npgsql;

namespace Hub.LoadBench.Measurements;

/// <summary>(growth) Rounds of (d) at a hub of its own until many executions lie in its tables: what the last quarter of them is of the first.</summary>
internal sealed class Growth(DatabaseServer database, HubServer hub, StandIn standIn, string connection, BenchOptions options)
{
    public const string Id = "growth";

    /// <summary>By then the hub is compiled: the first quarter would be slow without.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(45);

    private readonly Executions _executions = new(database, hub, standIn, connection, options);

    public Task PrepareAsync() => _executions.PrepareAsync();

    public async Task<Measurement> RunAsync()
    {
        await _executions.WarmUpAsync(WarmUp);
        await EmptyTablesAsync();
        var rounds = new List<(Measurement Measurement, int Executions)>();
        for (var there = 0; there < options.Executions; there += rounds[^1].Executions)
        {
            rounds.Add(await _executions.MeasureAsync());
            var (one, executions) = rounds[^1];
            await Console.Error.WriteLineAsync(
                $"{there + executions} executions there: {one.PerSecond:0}/s, server {one.ServerMicros:0} us, database {one.DatabaseMicros:0} us"
            );
        }

        var (first, last) = (Mean(rounds[..((rounds.Count + 3) / 4)]), Mean(rounds[^((rounds.Count + 3) / 4)..]));
        return Mean(rounds) with
        {
            Id = Id,
            Name = $"executions end to end until {options.Executions} lie there",
            LastToFirst = last.PerSecond / first.PerSecond,
            Note =
                $"{rounds.Count} rounds; first quarter {first.PerSecond:0}/s (database {first.DatabaseMicros:0} us), last quarter {last.PerSecond:0}/s "
                + $"(database {last.DatabaseMicros:0} us)",
        };
    }

    /// <summary>As at a new hub, though a compiled one: no rows, and statistics that say so.</summary>
    private async Task EmptyTablesAsync()
    {
        await using var data = NpgsqlDataSource.Create(connection);
        await using var command = data.CreateCommand(
            "TRUNCATE hub.executions, hub.execution_steps, hub.deliveries; ANALYZE hub.executions, hub.execution_steps, hub.deliveries"
        );
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>As one long round.</summary>
    private static Measurement Mean(List<(Measurement Measurement, int Executions)> rounds)
    {
        var all = rounds.Sum(round => round.Executions);
        return rounds[0].Measurement with
        {
            PerSecond = all / rounds.Sum(round => round.Executions / round.Measurement.PerSecond),
            PerFlush = all / rounds.Sum(round => round.Executions / round.Measurement.PerFlush),
            ServerMicros = rounds.Sum(round => round.Measurement.ServerMicros * round.Executions) / all,
            DatabaseMicros = rounds.Sum(round => round.Measurement.DatabaseMicros * round.Executions) / all,
        };
    }
}
