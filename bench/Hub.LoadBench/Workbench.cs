using Hub.LoadBench.Measurements;
using Hub.LoadBench.Servers;

namespace Hub.LoadBench;

/// <summary>Starts the servers that are asked for in one temporary folder, measures round by round, and leaves nothing behind.</summary>
internal sealed class Workbench(BenchOptions options)
{
    private static readonly int[] FewerConnections = [1, 16];

    public async Task<Report> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("flowpilot-bench-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // PostgreSQL runs as another user when this program is root's.
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var cluster = folder;
        try
        {
            await using var database = await DatabaseServer.StartAsync(Path.Combine(folder, "postgresql"), options.Connections);
            cluster = database.ClusterPath;
            return new Report(await Machine.DescribeAsync(database), await MeasureAsync(database, Path.Combine(folder, "hub")), options);
        }
        finally
        {
            Remove(cluster);
            Remove(folder);
        }
    }

    private async Task<List<IReadOnlyList<Measurement>>> MeasureAsync(DatabaseServer database, string hubFolder)
    {
        var list = new List<(string Id, Func<Task<Measurement>> Run)>();
        BareHttp? bare = null;
        DurableInserts? inserts = null;
        HubServer? hub = null;
        HubServer? full = null;
        HubServer? growing = null;
        StandIn? standIn = null;
        try
        {
            if (options.WantsAnyOf('a'))
            {
                bare = await BareHttp.StartAsync(options);
                list.AddRange([("a", bare.UnsignedAsync), ("a-hmac", bare.SignedAsync)]);
            }

            if (options.WantsAnyOf('b'))
            {
                inserts = await DurableInserts.CreateAsync(database, options);
                list.Add(("b", inserts.RunAsync));
            }

            if (options.WantsAnyOf('c') || options.WantsAnyOf('d') || options.Wants(Memory.Id))
            {
                var connection = await database.CreateDatabaseAsync("hub_under_load");
                hub = await HubServer.StartAsync(options.Hub ?? BuiltHub(), hubFolder, connection);
                var webhooks = new Webhooks(database, hub, options);
                await webhooks.PrepareAsync();
                foreach (var count in FewerConnections.Append(options.Connections).Distinct())
                {
                    list.Add(($"c{count}", () => webhooks.RunAsync(count)));
                }

                list.Add(($"c{options.Connections}-dedupe", () => webhooks.RunDeduplicatedAsync(options.Connections)));
                standIn ??= await StandIn.StartAsync();
                var executions = new Executions(database, hub, standIn, connection, options);
                await executions.PrepareAsync();
                list.Add(("d", executions.RunAsync));
                var memory = new Memory(database, hub, options);
                await memory.PrepareAsync();
                list.Add((Memory.Id, memory.RunAsync));
            }

            if (options.Wants(FullTables.Id))
            {
                var connection = await database.CreateDatabaseAsync("hub_with_full_tables");
                full = await HubServer.StartAsync(options.Hub ?? BuiltHub(), hubFolder + "-full", connection);
                var tables = new FullTables(database, full, connection, options);
                await tables.PrepareAsync();
                list.Add((FullTables.Id, tables.RunAsync));
            }

            if (options.Wants(Growth.Id))
            {
                var connection = await database.CreateDatabaseAsync("hub_that_grows");
                growing = await HubServer.StartAsync(options.Hub ?? BuiltHub(), hubFolder + "-growth", connection);
                var growth = new Growth(database, growing, standIn ??= await StandIn.StartAsync(), connection, options);
                await growth.PrepareAsync();
                list.Add((Growth.Id, growth.RunAsync));
            }

            list.RemoveAll(measurement => !options.Wants(measurement.Id));
            if (list.Count == 0)
            {
                throw new InvalidOperationException("--only names no measurement.");
            }

            return await RoundsAsync(list);
        }
        finally
        {
            await (hub?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (full?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (growing?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (standIn?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (inserts?.StopAsync() ?? ValueTask.CompletedTask);
            await (bare?.StopAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<List<IReadOnlyList<Measurement>>> RoundsAsync(List<(string Id, Func<Task<Measurement>> Run)> list)
    {
        var rounds = new List<IReadOnlyList<Measurement>>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var measured = new List<Measurement>();
            foreach (var (_, run) in list)
            {
                var one = await run();
                measured.Add(one);
                await Console.Error.WriteLineAsync(
                    $"round {round}: {one.Name}: {one.PerSecond:0}/s, server {one.ServerMicros:0} us, database {one.DatabaseMicros:0} us"
                );
            }

            rounds.Add(measured);
        }

        return rounds;
    }

    /// <summary>The hub that was built together with this program, in the same configuration.</summary>
    private static string BuiltHub()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!;
        for (var root = configuration; root is not null; root = root.Parent)
        {
            if (File.Exists(Path.Combine(root.FullName, "FlowPilot.sln")))
            {
                return Path.Combine(
                    root.FullName,
                    "src",
                    "Hub.Api",
                    "bin",
                    configuration.Name,
                    Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/', '\\')),
                    "Hub.Api.dll"
                );
            }
        }

        throw new FileNotFoundException("This program is not in the project's tree. Name the hub with --hub.");
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
