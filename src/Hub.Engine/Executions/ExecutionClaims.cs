using Hub.Engine.Parking;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>Claims executions for this node: as many as it has places for, each held from the moment it is leased.</summary>
public sealed class ExecutionClaims(LocalQueue local, RunningExecutions running, NodeLease lease, ExecutionQueue queue)
{
    private const int MostClaimed = 200;

    /// <summary>Takes due executions.</summary>
    /// <returns>How many there was room for, and how many were taken.</returns>
    public Task<(int Asked, int Claimed)> ClaimAsync() => ClaimAsync(MostClaimed, queue.ClaimAsync, null);

    /// <summary>Takes executions that are parked on this, each with the room that is kept for it.</summary>
    public Task<(int Asked, int Claimed)> ClaimParkedAsync(string parkedOn, int most, Func<Arrival> arrival) =>
        ClaimAsync(Math.Min(most, MostClaimed), (count, token) => queue.ClaimParkedAsync(parkedOn, count, token), arrival);

    private async Task<(int Asked, int Claimed)> ClaimAsync(
        int most,
        Func<int, CancellationToken, Task<IReadOnlyList<ClaimedExecution>>> claim,
        Func<Arrival>? arrival
    )
    {
        var period = lease.Period;
        var reserved = 0;
        while (period != 0 && reserved < most && local.TryReserve())
        {
            reserved++;
        }

        var asked = reserved;
        try
        {
            // Not cancelled half way: a claim whose answer is thrown away would wait for the lease worker.
            var claimed = asked == 0 ? [] : await claim(asked, CancellationToken.None);
            foreach (var execution in claimed)
            {
                running.Hold(execution.Id, execution.Claim);
                var bytes = LeasedExecution.SizeOf(execution);
                local.Assign(execution.WorkflowId, bytes);
                reserved--;
                if (!local.Enqueue(new LeasedExecution(execution, period, bytes, arrival?.Invoke())))
                {
                    local.Release(execution.WorkflowId, bytes);
                    running.Drop(execution.Id, execution.Claim);
                }
            }

            return (asked, claimed.Count);
        }
        finally
        {
            for (; reserved > 0; reserved--)
            {
                local.Release();
            }
        }
    }
}
