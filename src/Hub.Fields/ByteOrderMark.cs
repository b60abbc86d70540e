namespace Hub.Fields;

/// <summary>The byte order mark that some write before UTF-8 text, and that is none of it.</summary>
public static class ByteOrderMark
{
    private const int Length = 3;

    /// <summary>The text without it.</summary>
    public static ReadOnlySpan<byte> Off(ReadOnlySpan<byte> utf8) => IsOn(utf8) ? utf8[Length..] : utf8;

    /// <inheritdoc cref="Off(ReadOnlySpan{byte})"/>
    public static ReadOnlyMemory<byte> Off(ReadOnlyMemory<byte> utf8) => IsOn(utf8.Span) ? utf8[Length..] : utf8;

    private static bool IsOn(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8);
}
