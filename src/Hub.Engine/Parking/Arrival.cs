namespace Hub.Engine.Parking;

/// <summary>Room that is kept for an execution that was claimed because there was some.</summary>
public sealed class Arrival
{
    private readonly ParkedWork _work;
    private readonly ParkedLot _lot;
    private int _arrived;

    internal Arrival(ParkedWork work, ParkedLot lot)
    {
        (_work, _lot) = (work, lot);
        lot.Comes(1);
    }

    public bool IsFor(IParkingReason reason) => ReferenceEquals(_lot.Reason, reason);

    /// <summary>It has taken its room, or takes none after all.</summary>
    public void Arrived()
    {
        if (Interlocked.Exchange(ref _arrived, 1) == 0)
        {
            _lot.Comes(-1);
            _work.Changed(_lot.Reason);
        }
    }
}
