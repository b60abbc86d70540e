using Hub.Storage.Inbox;

namespace Hub.Engine.Responses;

/// <summary>One request's wait for the executions that its delivery starts. Given to the intake, which fills it before the commit.</summary>
/// <param name="waiters">Where executions are heard of.</param>
/// <param name="left">Called when the wait is over.</param>
public sealed class DeliveryWait(ResponseWaiters waiters, Action left) : IDisposable
{
    private ResponseWaiter[] _executions = [];

    /// <summary>One for each execution, in the order in which they are created; empty when the delivery started none.</summary>
    public IReadOnlyList<ResponseWaiter> Executions => _executions;

    public void Dispose()
    {
        foreach (var execution in _executions)
        {
            execution.Dispose();
        }

        left();
    }

    /// <summary>Whether triggers with a filter or schema looked at the delivery.</summary>
    public bool IsDecided { get; private set; }

    internal void Expect(IReadOnlyList<NewExecution> newExecutions, bool isDecided) =>
        (_executions, IsDecided) = ([.. newExecutions.Select(newExecution => waiters.Expect(newExecution.Id))], isDecided);
}
