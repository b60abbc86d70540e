namespace Hub.LoadBench.Load;

/// <summary>What one run of requests came to.</summary>
/// <param name="Acknowledged">Answers with the expected status, the warm-up not counted.</param>
/// <param name="Refused">Answers with any other status.</param>
/// <param name="Elapsed">The time in which they were counted.</param>
/// <param name="Micros">Microseconds from sending to the whole answer, in rising order.</param>
internal sealed record LoadResult(int Acknowledged, int Refused, TimeSpan Elapsed, IReadOnlyList<int> Micros)
{
    public double PerSecond => Acknowledged / Elapsed.TotalSeconds;

    /// <summary>Milliseconds that this share of the requests took at most.</summary>
    public double Percentile(double share) => Micros.Count == 0 ? 0 : Micros[Math.Min(Micros.Count - 1, (int)(Micros.Count * share))] / 1000.0;
}
