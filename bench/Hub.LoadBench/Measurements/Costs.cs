using Hub.LoadBench.Servers;

namespace Hub.LoadBench.Measurements;

/// <summary>What the servers had spent at one moment.</summary>
internal sealed record Costs(double? ServerMicros, double? DatabaseMicros, long Flushes)
{
    public static async Task<Costs> NowAsync(DatabaseServer database, int? server) =>
        new(server is { } id ? ProcessorTime.OfProcess(id) : null, ProcessorTime.OfFamily(database.ProcessId), await database.FlushesAsync());

    /// <summary>Shares out what was spent since <paramref name="before"/>.</summary>
    public Measurement ShareOut(Measurement measurement, Costs before, int count) =>
        measurement with
        {
            ServerMicros = (ServerMicros - before.ServerMicros) / count,
            DatabaseMicros = (DatabaseMicros - before.DatabaseMicros) / count,
            PerFlush = Flushes > before.Flushes ? (double)count / (Flushes - before.Flushes) : null,
        };
}
