namespace Hub.Storage.Inbox;

/// <summary>An entry on its way into the database.</summary>
public readonly struct InboxCommit
{
    private static readonly Task<InboxReceipt> NoRoom = Task.FromResult(new InboxReceipt(InboxVerdict.Unavailable));

    private readonly GroupCommit<InboxEntry, InboxReceipt> _commits;
    private readonly GroupCommit<InboxEntry, InboxReceipt>.Pending? _pending;

    internal InboxCommit(GroupCommit<InboxEntry, InboxReceipt> commits, GroupCommit<InboxEntry, InboxReceipt>.Pending? pending) =>
        (_commits, _pending) = (commits, pending);

    /// <summary>What became of it; never a failed task.</summary>
    public Task<InboxReceipt> Receipt => _pending?.Task ?? NoRoom;

    /// <summary>
    /// Nobody waits any longer: its receipt comes now. Unless its commit has begun, the entry is not written; else the receipt is an open one, and the true
    /// one goes to <paramref name="late"/>.
    /// </summary>
    public void LeaveBehind(Action<InboxReceipt> late)
    {
        if (_pending is not null && !_commits.TryWithdraw(_pending, new InboxReceipt(InboxVerdict.Unavailable)))
        {
            _pending.TryLeaveBehind(InboxReceipt.Open, late);
        }
    }
}
