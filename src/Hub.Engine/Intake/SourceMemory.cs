namespace Hub.Engine.Intake;

/// <summary>What the senders of one Source make this node hold: bodies from their first byte, and answers until they are taken.</summary>
public sealed class SourceMemory
{
    private readonly ByteBudget _all;
    private readonly long _share;
    private long _taken;

    /// <param name="all">Of all Sources together.</param>
    /// <param name="share">The most for this one, in bytes.</param>
    internal SourceMemory(ByteBudget all, long share) => (_all, _share) = (all, share);

    /// <summary>Bytes held at the moment.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>False, and nothing taken, when the Source or all of them hold too much. One request alone may exceed its Source's share.</summary>
    /// <param name="held">What the request holds already.</param>
    public bool TryTake(long bytes, long held)
    {
        var taken = Interlocked.Add(ref _taken, bytes);
        if ((taken <= _share || taken == held + bytes) && _all.TryTake(bytes))
        {
            return true;
        }

        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void GiveBack(long bytes)
    {
        Interlocked.Add(ref _taken, -bytes);
        _all.GiveBack(bytes);
    }
}
