namespace Hub.Storage.Inbox;

/// <summary>What became of an entry.</summary>
public enum InboxVerdict
{
    /// <summary>
    /// Nothing was promised: the inbox is full, or the commit failed or was late. It comes first because it is the default: what nobody said to be kept is not.
    /// </summary>
    Unavailable,

    /// <summary>Committed and flushed.</summary>
    Kept,

    /// <summary>The Source has had this delivery already, or the workflow this request; nothing was started.</summary>
    Duplicate,
}

/// <param name="FirstDelivery">The delivery that came first, when this one is a duplicate.</param>
/// <param name="FirstExecution">The execution that came first, when a request under a key is repeated.</param>
/// <param name="IsSameInput">Whether the repetition has the first one's input.</param>
public readonly record struct InboxReceipt(InboxVerdict Verdict, Guid FirstDelivery = default, Guid FirstExecution = default, bool IsSameInput = true)
{
    /// <summary>Of an entry whose commit is still under way while nobody waits for it any longer.</summary>
    public static InboxReceipt Open { get; } = new(InboxVerdict.Unavailable) { IsOpen = true };

    /// <summary>Whether nobody knows yet what becomes of the entry.</summary>
    public bool IsOpen { get; private init; }
}
