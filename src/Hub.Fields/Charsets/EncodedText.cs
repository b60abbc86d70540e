using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Hub.Fields.Charsets;

/// <summary>Writes a text in the charset that its Content-Type names; in UTF-8 when that names none, or none that is known.</summary>
public static class EncodedText
{
    /// <summary>False when the charset has not all of the text's characters.</summary>
    /// <param name="error">What is wrong and what to do, as the end of a sentence about the text.</param>
    public static bool TryWrite(string text, string? contentType, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? error)
    {
        var charset = TextDecoder.NamedIn(contentType) ?? Charset.Utf8;
        bytes = charset.IsUtf8 ? Encoding.UTF8.GetBytes(text) : charset.Encode(text);
        error = bytes is null ? $"has characters that {charset.Name} has not, which its Content-Type names. Name utf-8 there, or leave them out." : null;
        return bytes is not null;
    }

    /// <summary>In UTF-8 as well when the charset has not all of the text, of which whoever wrote it was told.</summary>
    public static byte[] Write(string text, string? contentType) => TryWrite(text, contentType, out var bytes, out _) ? bytes : Encoding.UTF8.GetBytes(text);

    /// <summary>The charset that a Content-Type names although there is none; null when it names a known one, or none.</summary>
    public static string? UnknownIn(string? contentType) => TextDecoder.LabelIn(contentType) is { } label && TextDecoder.Find(label) is null ? label : null;
}
