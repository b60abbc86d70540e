using Hub.Engine.Bodies;
using Hub.Storage.Inbox;

namespace Hub.Engine.Intake;

/// <summary>A body as it can be read, and its share of the memory for that.</summary>
public readonly struct IncomingBody : IDisposable
{
    private readonly IntakeShare? _share;
    private readonly long _unpacked;

    private IncomingBody(ReadOnlyMemory<byte> bytes, IntakeShare? share, long unpacked) => (Bytes, _share, _unpacked) = (bytes, share, unpacked);

    /// <summary>Unpacked.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Unpacks a body within what its Source allows and the memory has room for.</summary>
    public static BodyVerdict Open(byte[] body, string? contentEncoding, ReceivingSource source, IntakeMemory memory, out IncomingBody incoming)
    {
        incoming = new IncomingBody(body, null, 0);
        if (memory.Open(body.Length, contentEncoding) is not { } share)
        {
            return BodyVerdict.Readable;
        }

        var verdict = BodyEncoding.Decode(body, contentEncoding, source.UnpackedLimit, share.TryHold, out var bytes);
        if (verdict != BodyVerdict.Readable)
        {
            share.Dispose();
            return verdict;
        }

        incoming = new IncomingBody(bytes, share, BodyEncoding.IsEncoded(contentEncoding) ? bytes.Length : 0);
        return BodyVerdict.Readable;
    }

    /// <summary>The body of a delivery that was kept, for one replay after the other: it needs no share.</summary>
    public static IncomingBody OfKept(Delivery delivery) => new(TriggerBody.Unpack(delivery), null, 0);

    /// <summary>Whether there is room to read it as a document. Small bodies always have it.</summary>
    public bool TryRead() => _share is null || _share.TryHold(_unpacked + IntakeMemory.WeightOf(Bytes.Span));

    public void Dispose() => _share?.Dispose();
}
