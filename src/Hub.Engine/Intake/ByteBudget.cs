namespace Hub.Engine.Intake;

/// <summary>Bytes that may be taken up to a limit, counted without a lock.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _taken;

    public long Limit => limit;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>False, and nothing taken, when it would exceed the limit.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= limit)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);
}
