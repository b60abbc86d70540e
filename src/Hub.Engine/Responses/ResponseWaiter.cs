namespace Hub.Engine.Responses;

/// <summary>One caller's wait for one execution. Disposed, it is forgotten, and a wait that goes on is cancelled.</summary>
public sealed class ResponseWaiter : IDisposable
{
    private readonly ResponseWaiters _waiters;
    private readonly TaskCompletionSource<ExecutionAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ResponseWaiter(ResponseWaiters waiters, Guid execution) => (_waiters, Execution) = (waiters, execution);

    public Guid Execution { get; }

    /// <summary>Completes once: with the response, after its record was committed, or with the end of the execution, whichever comes first.</summary>
    public Task<ExecutionAnswer> Answer => _answer.Task;

    public void Dispose()
    {
        _waiters.Forget(this);
        _answer.TrySetCanceled();
    }

    internal void Complete(ExecutionAnswer answer) => _answer.TrySetResult(answer);
}
