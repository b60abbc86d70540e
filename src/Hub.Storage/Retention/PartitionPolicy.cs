namespace Hub.Storage.Retention;

/// <summary>How long the rows of one sliced table are kept.</summary>
/// <param name="Parent">The table whose partitions are slices of time, without its schema.</param>
/// <param name="Age">The longest a row is kept.</param>
/// <param name="Bytes">What the slices may take together; null for no bound.</param>
public sealed record PartitionPolicy(string Parent, TimeSpan Age, long? Bytes)
{
    public const string Duplicates = "duplicates";
    public const string Quarantine = "quarantine";

    private static readonly TimeSpan ShortestSlice = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestSlice = TimeSpan.FromDays(1);

    /// <summary>The table of a partition of deliveries.</summary>
    public static string ParentOf(int partition) => $"deliveries_{partition}";

    public bool IsDeliveries => Parent != Duplicates && !IsQuarantine;

    /// <summary>Of the quarantine single requests leave as well, so its slices may be empty, and their disk is used again.</summary>
    public bool IsQuarantine => Parent == Quarantine;

    /// <summary>Slices are a fifteenth of the age and, where bytes are bounded, about a tenth of those: dropping one never empties the partition.</summary>
    /// <param name="bytesPerHour">How fast the partition grew of late.</param>
    public TimeSpan SliceLength(double bytesPerHour)
    {
        var byAge = Age / 15;
        var byBytes = Bytes is { } most && bytesPerHour > 0 ? TimeSpan.FromHours(Math.Min(most / 10.0 / bytesPerHour, 24)) : LongestSlice;
        var length = byAge < byBytes ? byAge : byBytes;
        return TimeSpan.FromHours(Math.Floor(Math.Clamp(length.TotalHours, ShortestSlice.TotalHours, LongestSlice.TotalHours)));
    }
}
