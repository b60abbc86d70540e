using Microsoft.Extensions.Options;

namespace Hub.Engine.Executions;

/// <summary>
/// How long this node may take what it holds for its own, by its own clock. A lease counts from before its renewal was sent, so it ends here no later
/// than for the other nodes. A lapse ends a period: what was held in it may be another node's by the time the lease is renewed again.
/// </summary>
public sealed class NodeLease(TimeProvider time, IOptions<EngineOptions> options)
{
    private volatile Term? _term;

    /// <summary>The running period, one or more; 0 while the lease has run out.</summary>
    public int Period => _term is { } term && IsUnbroken(term) ? term.Period : 0;

    /// <summary>Whether the lease has been held without a gap since that period was read.</summary>
    public bool Covers(int period) => period != 0 && Period == period;

    /// <summary>The lease was renewed by a statement sent at this timestamp. One caller at a time.</summary>
    public void Renewed(long sentAt) => _term = _term is { } term ? new Term(IsUnbroken(term) ? term.Period : term.Period + 1, sentAt) : new Term(1, sentAt);

    private bool IsUnbroken(Term term) => time.GetElapsedTime(term.SentAt) < options.Value.Lease;

    private sealed record Term(int Period, long SentAt);
}
