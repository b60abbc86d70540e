namespace Hub.LoadBench;

/// <summary>What the command line asks for.</summary>
/// <param name="Seconds">Length of one measurement.</param>
/// <param name="Rounds">How often the whole list is measured; medians are reported.</param>
/// <param name="Connections">Client connections of the measurements that name no count of their own.</param>
/// <param name="Only">The measurements to make: letters of groups, or ids such as c64.</param>
/// <param name="Minutes">Length of the memory measurement.</param>
/// <param name="Deliveries">Deliveries that lie in the tables of the full measurement.</param>
/// <param name="Executions">Executions that lie in the tables when the growth measurement ends.</param>
/// <param name="Json">One JSON document instead of a table.</param>
/// <param name="Hub">The Hub.Api.dll to measure; null for the one built together with this project.</param>
internal sealed record BenchOptions(
    int Seconds,
    int Rounds,
    int Connections,
    string[] Only,
    int Minutes,
    int Deliveries,
    int Executions,
    bool Json,
    string? Hub
)
{
    public const string Usage = """
        Usage: dotnet run -c Release --project bench/Hub.LoadBench -- [options]
          --seconds N      length of one measurement, 1 to 120 (10)
          --rounds N       repetitions of the whole list, 1 to 20 (3)
          --connections N  client connections, 1 to 512 (64)
          --only LIST      of a (bare Kestrel), b (single-row commits), c (webhooks), d (executions), or ids: a,c64,d (all of these);
                           memory (the hub's memory while webhooks come), full (webhooks beside full tables) and growth (executions while
                           their tables grow) only when they are named
          --minutes N      length of memory, 1 to 600 (10)
          --deliveries N   deliveries in the tables of full, 1 to 100000000 (10000000); filling them takes minutes
          --executions N   executions in the tables at the end of growth, 1 to 100000000 (500000); each takes a third of a millisecond or more
          --json           one JSON document instead of the table
          --hub PATH       measure this Hub.Api.dll
        """;

    public TimeSpan Time => TimeSpan.FromSeconds(Seconds);

    /// <summary>Load that is not counted, before every measurement.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(Math.Clamp(Seconds / 3.0, 1, 3));

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions(10, 3, 64, ["a", "b", "c", "d"], Minutes: 10, Deliveries: 10_000_000, Executions: 500_000, Json: false, Hub: null);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--seconds" => options with { Seconds = Number(args, ++i, 120) },
                "--rounds" => options with { Rounds = Number(args, ++i, 20) },
                "--connections" => options with { Connections = Number(args, ++i, 512) },
                "--only" => options with { Only = Value(args, ++i).Split(',') },
                "--minutes" => options with { Minutes = Number(args, ++i, 600) },
                "--deliveries" => options with { Deliveries = Number(args, ++i, 100_000_000) },
                "--executions" => options with { Executions = Number(args, ++i, 100_000_000) },
                "--json" => options with { Json = true },
                "--hub" => options with { Hub = Value(args, ++i) },
                var unknown => throw new FormatException($"Unknown option '{unknown}'."),
            };
        }

        return options;
    }

    /// <summary>Whether a measurement is asked for, by its id or by its group's letter.</summary>
    public bool Wants(string id) => Only.Contains(id) || Only.Contains(id[..1]);

    /// <summary>Whether any measurement of a group is asked for.</summary>
    public bool WantsAnyOf(char group) => Only.Any(id => id.StartsWith(group));

    private static int Number(string[] args, int at, int most) =>
        int.TryParse(Value(args, at), out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException($"{args[at - 1]} takes a number from 1 to {most}.");

    private static string Value(string[] args, int at) => at < args.Length ? args[at] : throw new FormatException($"{args[at - 1]} needs a value.");
}
