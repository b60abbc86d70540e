namespace Hub.Engine.Resilience;

/// <summary>A call that waits in memory for its turn. Ends with what it is to be parked on, or with null when it has its place.</summary>
internal sealed class CallWaiter(CallRoute route, int term, bool isFromParking)
    : TaskCompletionSource<CallBound?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public CallRoute Route => route;

    public int Term => term;

    public bool IsFromParking => isFromParking;

    /// <summary>What it waits for.</summary>
    public CallBound At { get; set; } = route.Destination;

    public bool IsSettled { get; private set; }

    /// <summary>Under the gate's lock, once.</summary>
    /// <param name="parkOn">What it is to be parked on; null when it has its place.</param>
    public void Settle(CallBound? parkOn)
    {
        IsSettled = true;
        At.WaitsNoMore();
        SetResult(parkOn);
    }
}
