using System.Collections.Concurrent;
using Hub.Storage.Executions;

namespace Hub.Engine.Responses;

/// <summary>
/// Who waits in this process for the response of an execution. Only executions that this node runs are heard of: who waits sets a time of its own, after
/// which it goes on without an answer.
/// </summary>
public sealed class ResponseWaiters
{
    private readonly ConcurrentDictionary<Guid, ResponseWaiter> _waiters = new();

    /// <summary>Waiters that have no answer yet and were not disposed.</summary>
    public int Count => _waiters.Count;

    /// <summary>Waits for an execution. To miss nothing, ask before the execution is committed; dispose when done waiting.</summary>
    /// <exception cref="InvalidOperationException">Somebody waits for it already.</exception>
    public ResponseWaiter Expect(Guid execution)
    {
        var waiter = new ResponseWaiter(this, execution);
        return _waiters.TryAdd(execution, waiter) ? waiter : throw new InvalidOperationException($"Somebody waits for execution {execution} already.");
    }

    /// <summary>A <c>respond</c> step was recorded with this output.</summary>
    internal void Responded(Guid execution, string output)
    {
        if (_waiters.TryRemove(execution, out var waiter))
        {
            waiter.Complete(new ExecutionAnswer(WorkflowResponse.Read(output), ExecutionStatus.Running));
        }
    }

    /// <summary>The execution was recorded as ended.</summary>
    internal void Ended(Guid execution, ExecutionStatus status)
    {
        if (_waiters.TryRemove(execution, out var waiter))
        {
            waiter.Complete(new ExecutionAnswer(null, status));
        }
    }

    internal void Forget(ResponseWaiter waiter) => _waiters.TryRemove(KeyValuePair.Create(waiter.Execution, waiter));
}
