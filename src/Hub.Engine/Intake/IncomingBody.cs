using Hub.Engine.Bodies;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>A body as it can be read, and its share of the memory for that.</summary>
public readonly struct IncomingBody : IDisposable
{
    private readonly IntakeShare? _share;
    private readonly long _unpacked;

    internal IncomingBody(ReadOnlyMemory<byte> bytes, IntakeShare? share, long unpacked) => (Bytes, _share, _unpacked) = (bytes, share, unpacked);

    /// <summary>Unpacked.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The body of a delivery that was kept, for one replay after the other: it needs no share.</summary>
    public static IncomingBody OfKept(Delivery delivery) => new(TriggerBody.Unpack(delivery), null, 0);

    /// <summary>Whether there is room to read it as a document. Small bodies always have it.</summary>
    public bool TryRead() => _share is null || _share.TryHold(_unpacked + IntakeMemory.WeightOf(Bytes.Span));

    public void Dispose() => _share?.Dispose();
}
