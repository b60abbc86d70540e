namespace Hub.Engine.Bodies;

/// <summary>A body that was unpacked to see how large it is, held until the run context has it: runs wait long, and need it once.</summary>
internal sealed class UnpackedBody(ReadOnlyMemory<byte> bytes)
{
    private ReadOnlyMemory<byte>? _bytes = bytes;

    /// <summary>The bytes, once; null ever after.</summary>
    public ReadOnlyMemory<byte>? Take()
    {
        var taken = _bytes;
        _bytes = null;
        return taken;
    }
}
