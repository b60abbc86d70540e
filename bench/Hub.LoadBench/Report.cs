using System.Text.Json;
using Hub.LoadBench.Measurements;

namespace Hub.LoadBench;

/// <summary>Medians over the rounds, and how they stand to one another.</summary>
internal sealed class Report(Machine machine, IReadOnlyList<IReadOnlyList<Measurement>> rounds, BenchOptions options)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly IReadOnlyList<Measurement> _medians =
    [
        .. rounds[0].Select(first => Median([.. rounds.SelectMany(round => round).Where(one => one.Id == first.Id)])),
    ];

    public string ToJson() =>
        JsonSerializer.Serialize(
            new
            {
                machine,
                options.Seconds,
                options.Rounds,
                options.Connections,
                medians = _medians,
                ratios = Ratios(),
                all = rounds,
            },
            Indented
        );

    public IEnumerable<string> ToLines()
    {
        yield return $"{machine.Cores} cores, {machine.Processor}; {machine.System}; {machine.DotNet}; PostgreSQL {machine.PostgreSql} ({machine.Settings})";
        yield return $"{options.Rounds} round(s) of {options.Seconds} s for each figure, interleaved; medians";
        yield return "";
        yield return $"{"", -58}{"per s", 9}{"lowest", 9}{"highest", 9}{"p50 ms", 9}{"p99 ms", 9}{"per flush", 11}{"server us", 11}{"database us", 13}";
        foreach (var median in _medians)
        {
            var all = rounds.SelectMany(round => round).Where(one => one.Id == median.Id).Select(one => one.PerSecond).ToList();
            yield return $"{median.Id, -11} "
                + $"{median.Name, -46}{median.PerSecond, 9:0}{all.Min(), 9:0}{all.Max(), 9:0}"
                + $"{median.P50, 9:0.00}{median.P99, 9:0.00}{median.PerFlush, 11:0.0}{median.ServerMicros, 11:0}{median.DatabaseMicros, 13:0}";
        }

        yield return "";
        foreach (var (name, ratio) in Ratios())
        {
            yield return $"{name, -14}{ratio, 8:0.00}";
        }

        foreach (var grown in _medians.Where(median => median.LastToFirst is not null))
        {
            yield return $"{grown.Id + ", last quarter / first", -28}{grown.LastToFirst, 8:0.00}";
        }

        foreach (var noted in _medians.Where(median => median.Note is not null))
        {
            yield return $"{noted.Id}: {noted.Note}";
        }
    }

    /// <summary>Each taken within a round, where both figures met the same noise; then the median.</summary>
    private Dictionary<string, double> Ratios()
    {
        var all = $"c{options.Connections}";
        (string Of, string To)[] pairs = [(all, "a-hmac"), (all, "b"), ($"{all}-dedupe", all), ("d", all)];
        return pairs
            .Select(pair => (Name: $"{pair.Of} / {pair.To}", Values: rounds.Select(round => Ratio(round, pair.Of, pair.To)).OfType<double>().Order().ToArray()))
            .Where(pair => pair.Values.Length > 0)
            .ToDictionary(pair => pair.Name, pair => Middle(pair.Values), StringComparer.Ordinal);
    }

    private static double? Ratio(IReadOnlyList<Measurement> round, string of, string to) =>
        round.FirstOrDefault(one => one.Id == of)?.PerSecond / round.FirstOrDefault(one => one.Id == to)?.PerSecond;

    private static Measurement Median(Measurement[] all) =>
        all.OrderBy(one => one.PerSecond).ElementAt(all.Length / 2) with
        {
            P50 = Middle(all, one => one.P50),
            P99 = Middle(all, one => one.P99),
            PerFlush = Middle(all, one => one.PerFlush),
            ServerMicros = Middle(all, one => one.ServerMicros),
            DatabaseMicros = Middle(all, one => one.DatabaseMicros),
        };

    private static double? Middle(Measurement[] all, Func<Measurement, double?> figure) =>
        all.Select(figure).OfType<double>().Order().ToArray() is { Length: > 0 } values ? Middle(values) : null;

    private static double Middle(double[] sorted) => sorted[sorted.Length / 2];
}
