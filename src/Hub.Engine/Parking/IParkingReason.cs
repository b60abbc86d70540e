namespace Hub.Engine.Parking;

/// <summary>Something that executions wait for as rows while it is full or failing.</summary>
public interface IParkingReason
{
    /// <summary>What <c>parked_on</c> says of executions that wait for it; the same on every node.</summary>
    string Key { get; }

    /// <summary>Whether there may be executions that wait for it. <see cref="ParkedWork"/> keeps this.</summary>
    bool HasParked { get; set; }

    /// <summary>How many of them could go on.</summary>
    Room Room { get; }
}

/// <param name="Now">Executions that could go on now.</param>
/// <param name="NextIn">While that is none: when to look again, unless a change is told before. <see cref="Timeout.InfiniteTimeSpan"/> for not at all.</param>
public readonly record struct Room(int Now, TimeSpan NextIn)
{
    public static Room Of(int now) => new(now, Timeout.InfiniteTimeSpan);
}
