using System.Text;
using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>Where a text stops being JSON, and why.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">In characters, from 1.</param>
/// <param name="Problem">A sentence's second half, such as <c>it ends here, before it is complete</c>.</param>
public sealed record JsonSyntaxError(int Line, int Column, string Problem)
{
    /// <param name="exception">What a reader of these bytes said.</param>
    /// <param name="utf8">All of them.</param>
    public static JsonSyntaxError Of(JsonException exception, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var offset = OffsetOf(exception, utf8);
        return At(offset, utf8) with { Problem = ProblemAt(utf8[..offset], utf8[offset..], exception) };
    }

    /// <summary>How many bytes lie before the place that an exception names.</summary>
    public static int OffsetOf(JsonException exception, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var line = utf8;
        for (var skipped = exception.LineNumber ?? 0; skipped > 0 && line.IndexOf((byte)'\n') is >= 0 and var end; skipped--)
        {
            line = line[(end + 1)..];
        }

        return utf8.Length - line.Length + (int)Math.Clamp(exception.BytePositionInLine ?? 0, 0, line.Length);
    }

    /// <summary>A place in a text, without a problem.</summary>
    public static JsonSyntaxError At(int offset, ReadOnlySpan<byte> utf8)
    {
        var before = utf8[..offset];
        return new JsonSyntaxError(before.Count((byte)'\n') + 1, CharactersIn(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1, "");
    }

    public override string ToString() => $"line {Line}, column {Column}: {Problem}";

    /// <summary>Counted by the bytes that begin one, so that an accent apart from its letter counts as editors count it.</summary>
    private static int CharactersIn(ReadOnlySpan<byte> utf8)
    {
        var count = 0;
        foreach (var one in utf8)
        {
            count += (one & 0xC0) == 0x80 ? 0 : 1;
        }

        return count;
    }

    private static string ProblemAt(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest, JsonException exception)
    {
        var written = before.TrimEnd(" \t\r\n"u8);
        if (rest.Trim(" \t\r\n"u8).IsEmpty)
        {
            return written.IsEmpty ? "there is nothing" : "it ends here, before it is complete";
        }

        if (exception.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return "it is nested too deep here";
        }

        return rest[0] switch
        {
            (byte)'}' or (byte)']' when written is [.., (byte)','] => "there is a comma with nothing behind it",
            (byte)'/' => "comments are not part of JSON",
            (byte)'\'' => "names and texts stand in double quotes",
            < 0x20 => "a line break or another control character cannot stand in a text; write it as \\n or \\u000a",
            _ => Rune.DecodeFromUtf8(rest, out var found, out _) == System.Buffers.OperationStatus.Done
                ? $"'{found}' cannot stand here"
                : "there is a byte that is not UTF-8",
        };
    }
}
