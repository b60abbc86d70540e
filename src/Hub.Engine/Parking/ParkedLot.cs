namespace Hub.Engine.Parking;

/// <summary>The executions that wait for one thing, as far as this node knows of them.</summary>
internal sealed class ParkedLot(IParkingReason reason)
{
    private int _coming;
    private int _count;

    public IParkingReason Reason => reason;

    /// <summary>Executions that were claimed from here and have not shown yet whether they take their room.</summary>
    public int Coming => Volatile.Read(ref _coming);

    /// <summary>About how many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Goes up with each one that is added.</summary>
    public int Version { get; set; }

    public void Add(int count)
    {
        if (Interlocked.Add(ref _count, count) < 0)
        {
            Interlocked.Exchange(ref _count, 0);
        }
    }

    public void Comes(int count) => Interlocked.Add(ref _coming, count);
}
