using System.Diagnostics.Metrics;

namespace Hub.Engine.Intake;

/// <summary>Counts how often bodies are unpacked before they are kept.</summary>
public sealed class BodyReads : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _unpacked;

    public BodyReads(IMeterFactory meters)
    {
        _meter = meters.Create("FlowPilot.Intake");
        _unpacked = _meter.CreateCounter<long>("flowpilot.intake.unpacked", "{body}", "Compressed bodies that were unpacked before they were kept.");
    }

    public void Unpacked(Guid source) => _unpacked.Add(1, new KeyValuePair<string, object?>("source", source));

    public void Dispose() => _meter.Dispose();
}
