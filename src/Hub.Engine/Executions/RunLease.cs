namespace Hub.Engine.Executions;

/// <summary>Whether one run's execution is still this node's own, as far as can be told without asking the database. Calls begin only while it is.</summary>
public sealed class RunLease(NodeLease node, int period)
{
    private int _period = period;

    public bool Holds => node.Covers(Volatile.Read(ref _period));

    /// <exception cref="OperationCanceledException">The lease ran out: another node may be running the execution.</exception>
    public void ThrowIfLost()
    {
        if (!Holds)
        {
            throw new OperationCanceledException("The lease ran out.");
        }
    }

    /// <summary>Records something of the execution. A commit under node and claim shows that it was still ours, also after a lapse.</summary>
    public async Task<bool> RecordAsync(Func<Task<bool>> write)
    {
        var before = node.Period;
        if (!await write())
        {
            return false;
        }

        if (before != 0)
        {
            Volatile.Write(ref _period, before);
        }

        return true;
    }
}
