using Hub.Engine.Intake;
using Microsoft.Extensions.Hosting;

namespace Hub.Engine.Responses;

/// <summary>Requests that wait for what becomes of their delivery. There is room for so many; the next is answered at once.</summary>
public sealed class WaitingRoom(ResponseWaiters waiters, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public const int Places = 1000;

    private int _taken;

    /// <summary>A place, to be given to the intake and disposed of; null when the Source does not wait, or there is no room.</summary>
    public DeliveryWait? TryEnter(ReceivingSource source)
    {
        if (source.Respond is not { Mode: AnswerMode.WhenFinished or AnswerMode.Step })
        {
            return null;
        }

        if (Interlocked.Increment(ref _taken) > Places)
        {
            Leave();
            return null;
        }

        return new DeliveryWait(waiters, Leave);
    }

    /// <summary>Waits for a response, where the Source asks for one, or for the end of all executions; not longer than the Source says.</summary>
    public async Task<WaitResult> WaitAsync(DeliveryWait wait, AnswerSettings respond, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(respond.WaitSeconds ?? AnswerSettings.DefaultWaitSeconds), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted, lifetime.ApplicationStopping);
        var pending = wait.Executions.Select(execution => execution.Answer).ToList();
        try
        {
            while (pending.Count > 0)
            {
                var done = await Task.WhenAny(pending).WaitAsync(stop.Token);
                pending.Remove(done);
                if (respond.Mode == AnswerMode.Step && (await done).Response is { } response)
                {
                    return new WaitResult(true, response);
                }
            }

            return new WaitResult(true, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return default;
        }
    }

    private void Leave() => Interlocked.Decrement(ref _taken);
}

/// <param name="Over">False when there was no more time.</param>
/// <param name="Response">What a workflow answers; null when none does.</param>
public readonly record struct WaitResult(bool Over, WorkflowResponse? Response);
