using System.Diagnostics.Metrics;
using Hub.Connectors.Signatures;

namespace Hub.Engine.Intake;

/// <summary>Requests that were not let in: counted by cause.</summary>
public sealed class RefusedRequests : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public RefusedRequests(IMeterFactory meters)
    {
        _meter = meters.Create("FlowPilot.Intake");
        _refused = _meter.CreateCounter<long>("flowpilot.intake.refused", "{request}", "Requests to Sources that were refused, by cause.");
    }

    /// <summary>A request was refused for its signature. Gives the id under which it is kept aside; null when it is not.</summary>
    public ValueTask<Guid?> KeepAsync(ReceivingSource source, SignedRequest request, SignatureResult result, string headersJson, CancellationToken cancellationToken)
    {
        Count(source.Id, "signature");
        return ValueTask.FromResult<Guid?>(null);
    }

    /// <summary>A request was refused for something else.</summary>
    /// <param name="reason">The code of the answer.</param>
    public void Count(Guid source, string reason) =>
        _refused.Add(1, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
