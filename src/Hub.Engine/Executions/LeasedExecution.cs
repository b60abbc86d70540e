using Hub.Engine.Bodies;
using Hub.Engine.Parking;
using Hub.Storage.Inbox;
using Hub.Storage.Queue;

namespace Hub.Engine.Executions;

/// <summary>An execution in the memory of the node it is leased to.</summary>
/// <param name="LeasePeriod">The <see cref="NodeLease.Period"/> from before it was leased.</param>
/// <param name="Bytes">What it holds in memory from its claim until its end.</param>
/// <param name="Arrival">The room that is kept for it, when it was parked and claimed because there was some.</param>
public sealed record LeasedExecution(ClaimedExecution Execution, int LeasePeriod, int Bytes, Arrival? Arrival = null)
{
    /// <summary>Set while it runs.</summary>
    public RunPlace? Place { get; init; }

    /// <summary>Set while it runs, where its delivery's body was sent compressed and is small.</summary>
    internal UnpackedBody? Body { get; init; }

    /// <summary>The <see cref="Bytes"/> of a new one. Executions of one delivery hold the same body, and each counts it.</summary>
    public static int SizeOf(Delivery? delivery, string? input) =>
        (delivery?.Body.Length ?? 0) + (sizeof(char) * ((delivery?.Headers.Length ?? 0) + (input?.Length ?? 0)));

    public static int SizeOf(ClaimedExecution execution)
    {
        var chars = 0;
        foreach (var (record, _, _) in execution.Steps)
        {
            chars += (record.Input?.Length ?? 0) + (record.Output?.Length ?? 0) + (record.Error?.Length ?? 0) + (record.Errors?.Length ?? 0);
        }

        return SizeOf(execution.Delivery, execution.Input) + (sizeof(char) * chars);
    }
}
