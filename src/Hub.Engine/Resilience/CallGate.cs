using Hub.Connectors.Contract;
using Hub.Engine.Parking;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Resilience;

/// <summary>
/// Every outgoing call passes here. A destination, a workflow and a workspace each have a share of the calls that are under way at once, and a destination
/// that fails is left alone for a while. A call that cannot be made soon is put off: its execution is parked, which costs it no try.
/// </summary>
public sealed partial class CallGate
{
    private readonly Lock _gate = new();
    private readonly CallBounds _bounds;
    private readonly ParkedWork _parked;
    private readonly TimeSpan _wait;
    private readonly TimeProvider _time;
    private readonly ILogger<CallGate> _logger;

    public CallGate(
        ParkedWork parked,
        ScatteredWait waits,
        IOptions<CallOptions> options,
        IOptions<BreakerOptions> breakers,
        TimeProvider time,
        ILogger<CallGate> logger
    )
    {
        (_parked, _wait, _time, _logger) = (parked, options.Value.Wait, time, logger);
        _bounds = new CallBounds(_gate, waits, options.Value, breakers.Value, time);
    }

    /// <param name="destination">As <see cref="DestinationName"/> says.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the call threw it.</exception>
    public async ValueTask<CallAnswer> RunAsync(
        string destination,
        CallOrder order,
        Func<CancellationToken, Task<ActionResult>> call,
        CancellationToken cancellationToken
    )
    {
        var entry = Enter(destination, order);
        if (order.Arrival is { } arrival)
        {
            arrival.Arrived();
        }
        else if (entry.Route.Find(order.ParkedOn) is { } reason)
        {
            _parked.Met(reason);
        }

        if (entry.Permission.In > TimeSpan.Zero)
        {
            entry = await WaitForTurnAsync(entry, order, cancellationToken);
        }

        if (entry.Waiter is { } waiter)
        {
            entry = await WaitForPlaceAsync(entry, waiter, cancellationToken);
        }

        if (entry.Full is { } full)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, Refuse(full));
        }

        return new(await CallAsync(entry, call, cancellationToken), null);
    }

    private CallEntry Enter(string destination, CallOrder order)
    {
        lock (_gate)
        {
            var route = _bounds.Of(destination, order);
            var permission = route.Destination.Breaker!.Ask(order.IsNew, route.Destination.HasParked);
            var entry = new CallEntry(route, permission);
            return permission.In is null ? entry with { Full = route.Destination }
                : permission.IsNow ? Take(entry, order.Arrival is not null)
                : entry;
        }
    }

    private async ValueTask<CallEntry> WaitForTurnAsync(CallEntry entry, CallOrder order, CancellationToken cancellationToken)
    {
        await Task.Delay(entry.Permission.In!.Value, _time, cancellationToken);
        lock (_gate)
        {
            var destination = entry.Route.Destination;
            return destination.Breaker!.Term == entry.Permission.Term ? Take(entry, order.Arrival is not null) : entry with { Full = destination };
        }
    }

    /// <summary>Under the lock: takes a place, or waits for one, or leaves it.</summary>
    private CallEntry Take(CallEntry entry, bool isFromParking)
    {
        if (entry.Route.FirstFull(isFromParking) is not { } full)
        {
            entry.Route.Take();
            return entry;
        }

        // Those that are parked came first.
        if ((full.HasParked && !isFromParking) || full.IsStuckFor(_wait))
        {
            entry.Route.Destination.Breaker!.Ended(entry.Permission.Term, CallHealth.Unknown, null);
            return entry with { Full = full };
        }

        var waiter = new CallWaiter(entry.Route, entry.Permission.Term, isFromParking);
        full.Enqueue(waiter);
        return entry with { Waiter = waiter };
    }

    private async ValueTask<CallEntry> WaitForPlaceAsync(CallEntry entry, CallWaiter waiter, CancellationToken cancellationToken)
    {
        await using var timer = _time.CreateTimer(_ => GiveUp(waiter), null, _wait, Timeout.InfiniteTimeSpan);
        await using var cancelled = cancellationToken.UnsafeRegister(_ => GiveUp(waiter), null);
        return entry with { Waiter = null, Full = await waiter.Task };
    }

    private void GiveUp(CallWaiter waiter)
    {
        lock (_gate)
        {
            if (!waiter.IsSettled)
            {
                Leave(waiter, waiter.At);
            }
        }
    }

    private async Task<ActionResult> CallAsync(CallEntry entry, Func<CancellationToken, Task<ActionResult>> call, CancellationToken cancellationToken)
    {
        var health = CallHealth.Unknown;
        TimeSpan? retryAfter = null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await call(cancellationToken);
            (health, retryAfter) = (CallHealths.Of(result), result.Error?.RetryAfter);
            return result;
        }
        finally
        {
            Ended(entry, health, retryAfter);
        }
    }

    private void Ended(CallEntry entry, CallHealth health, TimeSpan? retryAfter)
    {
        var route = entry.Route;
        bool opened;
        var pause = TimeSpan.Zero;
        lock (_gate)
        {
            opened = route.Destination.Breaker!.Ended(entry.Permission.Term, health, retryAfter);
            route.Release();
            pause = route.Destination.Breaker.OpenFor;
            Serve(route.Destination);
            Serve(route.Workflow);
            Serve(route.Workspace);
        }

        if (opened)
        {
            Log.Opened(_logger, route.Destination.Name, pause.TotalSeconds);
        }

        _parked.Changed(route.Destination);
        _parked.Changed(route.Workflow);
        _parked.Changed(route.Workspace);
    }

    /// <summary>Under the lock: gives places to those that wait longest here, as far as there are any.</summary>
    private static void Serve(CallBound bound)
    {
        while (bound.Peek() is { } first)
        {
            if (first.Route.Destination.Breaker!.Term != first.Term)
            {
                Leave(first, first.Route.Destination);
                continue;
            }

            var full = first.Route.FirstFull(first.IsFromParking);
            if (full == bound)
            {
                return;
            }

            if (full is not null)
            {
                bound.WaitsNoMore();
                full.Enqueue(first);
                continue;
            }

            first.Route.Take();
            first.Settle(parkOn: null);
        }
    }

    /// <summary>Under the lock: it waits in memory no more, and is to be parked on this.</summary>
    private static void Leave(CallWaiter waiter, CallBound on)
    {
        waiter.Route.Destination.Breaker!.Ended(waiter.Term, CallHealth.Unknown, null);
        waiter.Settle(on);
    }

    private CallRefusal Refuse(CallBound full)
    {
        bool isOpen,
            isRecovering;
        lock (_gate)
        {
            (isOpen, isRecovering) = (full.Breaker is { } breaker && breaker.Room().Now == 0, full.Breaker is { IsRecovering: true });
        }

        var (code, sentence) =
            isRecovering ? ("destination_recovering", "This destination is called slowly at first after it failed, so this call was put off.")
            : isOpen ? ("breaker_open", "Most recent calls to this destination failed, so this one was put off.")
            : ($"{full.Kind}_busy", $"{full.Limit} calls are under way for this {full.Kind}, the most at once, so this one was put off.");
        return new(full, new ConnectorError(code, sentence, Retryable: true), _parked.RestFor(full));
    }

    /// <param name="Full">What it must be parked on; null when it has its place, or waits.</param>
    /// <param name="Waiter">Set while it waits for a place.</param>
    private readonly record struct CallEntry(CallRoute Route, Permission Permission, CallBound? Full = null, CallWaiter? Waiter = null);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Calls to {Destination} fail and are put off for {Seconds:0} s; their executions wait")]
        public static partial void Opened(ILogger logger, string destination, double seconds);
    }
}
