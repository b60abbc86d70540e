namespace Hub.Storage.Inbox;

/// <summary>An entry on its way into the database.</summary>
public readonly struct InboxCommit
{
    private static readonly Task<InboxReceipt> NoRoom = Task.FromResult(new InboxReceipt(InboxVerdict.Unavailable));

    private readonly GroupCommit<InboxEntry, InboxReceipt> _commits;
    private readonly GroupCommit<InboxEntry, InboxReceipt>.Pending? _pending;

    internal InboxCommit(GroupCommit<InboxEntry, InboxReceipt> commits, GroupCommit<InboxEntry, InboxReceipt>.Pending? pending) => (_commits, _pending) = (commits, pending);

    /// <summary>What became of it; never a failed task.</summary>
    public Task<InboxReceipt> Receipt => _pending?.Task ?? NoRoom;

    /// <summary>Nobody waits any longer: unless its commit has begun, it is not written. Its receipt tells.</summary>
    public void Withdraw()
    {
        if (_pending is not null)
        {
            _commits.TryWithdraw(_pending, new InboxReceipt(InboxVerdict.Unavailable));
        }
    }
}
