namespace Hub.Storage.Inbox;

/// <summary>What became of an entry.</summary>
public enum InboxVerdict
{
    /// <summary>Committed and flushed.</summary>
    Kept,

    /// <summary>The Source has had this delivery already; nothing was written.</summary>
    Duplicate,

    /// <summary>Nothing was promised: the inbox is full or the database is away.</summary>
    Unavailable,
}

/// <param name="FirstDelivery">The delivery that came first, when this one is a duplicate.</param>
public readonly record struct InboxReceipt(InboxVerdict Verdict, Guid FirstDelivery = default);
