using Hub.Engine.Bodies;

namespace Hub.Engine.Intake;

/// <summary>Unpacks bodies within what their Sources allow and the memory has room for.</summary>
public sealed class BodyOpener(IntakeMemory memory, BodyReads reads)
{
    public BodyVerdict Open(ReceivingSource source, byte[] body, string? contentEncoding, out IncomingBody incoming)
    {
        incoming = new IncomingBody(body, null, 0);
        if (memory.Open(body.Length, contentEncoding) is not { } share)
        {
            return BodyVerdict.Readable;
        }

        if (!BodyEncoding.IsEncoded(contentEncoding))
        {
            incoming = new IncomingBody(body, share, 0);
            return BodyVerdict.Readable;
        }

        reads.Unpacked(source.Id);
        var verdict = BodyEncoding.Decode(body, contentEncoding, source.UnpackedLimit, share.TryHold, out var bytes);
        if (verdict == BodyVerdict.Readable)
        {
            incoming = new IncomingBody(bytes, share, bytes.Length);
        }
        else
        {
            share.Dispose();
        }

        return verdict;
    }
}
