using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>
/// The requests that wait for their commits, none longer than its deadline. One timer looks at all of them: a timer for each would cost a tenth of what the
/// whole delivery does.
/// </summary>
public sealed class CommitWaits : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly HashSet<CommitWait> _waiting = [];
    private readonly ITimer _timer;

    public CommitWaits(TimeProvider time) => _timer = time.CreateTimer(_ => Look(), null, Step, Step);

    /// <summary>
    /// Until it is disposed, the wait for the commit ends with its deadline. The receipt is an open one then, and the true one goes to
    /// <paramref name="late"/>.
    /// </summary>
    internal CommitWait Begin(InboxCommit commit, AnswerDeadline deadline, Action<InboxReceipt> late)
    {
        var wait = new CommitWait(this, commit, deadline, late);
        lock (_gate)
        {
            _waiting.Add(wait);
        }

        return wait;
    }

    internal void End(CommitWait wait)
    {
        lock (_gate)
        {
            _waiting.Remove(wait);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_gate)
        {
            foreach (var wait in _waiting)
            {
                // Who waits goes on elsewhere, so that the set does not change here.
                wait.EndIfOver();
            }
        }
    }
}

/// <summary>One request's wait for its commit.</summary>
internal sealed class CommitWait(CommitWaits owner, InboxCommit commit, AnswerDeadline deadline, Action<InboxReceipt> late) : IDisposable
{
    public void Dispose() => owner.End(this);

    internal void EndIfOver()
    {
        if (deadline.Left == TimeSpan.Zero)
        {
            commit.LeaveBehind(late);
        }
    }
}
