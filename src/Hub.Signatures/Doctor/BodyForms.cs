using System.Text;
using System.Text.Json;
using Hub.Fields;

namespace Hub.Signatures.Doctor;

/// <summary>The forms in which a body is commonly written anew.</summary>
internal static class BodyForms
{
    /// <summary>Larger bodies are not written anew as JSON, and still larger ones not at all.</summary>
    private const int MaxJsonBytes = 256 << 10;

    private const int MaxTextBytes = 2 << 20;

    private static readonly (string What, Func<string, string> Change)[] Texts =
    [
        ("without the line break at its end", static text => text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.TrimEnd('\n')),
        ("with a line break at its end", static text => text + "\n"),
        ("with a line break (CR LF) at its end", static text => text + "\r\n"),
        ("with line ends LF instead of CR LF", static text => text.Replace("\r\n", "\n", StringComparison.Ordinal)),
        ("with line ends CR LF instead of LF", static text =>
            text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)
        ),
        ("without white space around it", static text => text.Trim()),
        ("without its byte order mark", static text => text.TrimStart('\uFEFF')),
        ("with a byte order mark", static text => '\uFEFF' + text),
        ("with all but ASCII characters escaped", static text => JsonText.EscapeInPlace(text, "x4")),
        ("with all but ASCII characters escaped (capital digits)", static text => JsonText.EscapeInPlace(text, "X4")),
        ("with escaped characters written plainly", JsonText.UnescapeInPlace),
        ("with escaped slashes", static text => text.Replace("\\/", "/", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal)),
        ("without escaped slashes", static text => text.Replace("\\/", "/", StringComparison.Ordinal)),
    ];

    public static IEnumerable<(string What, ReadOnlyMemory<byte> Body)> Of(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxTextBytes)
        {
            yield break;
        }

        var text = Encoding.UTF8.GetString(body.Span);
        foreach (var (what, change) in Texts)
        {
            if (change(text) is var other && other != text)
            {
                yield return (what, Encoding.UTF8.GetBytes(other));
            }
        }

        if (body.Length > MaxJsonBytes || Parse(body) is not { } document)
        {
            yield break;
        }

        using (document)
        {
            foreach (var form in JsonForm.Common)
            {
                if (JsonText.Write(document.RootElement, form) is { } other && other != text)
                {
                    yield return ("written as JSON " + form.What, Encoding.UTF8.GetBytes(other));
                    yield return ("written as JSON " + form.What + ", with a line break at its end", Encoding.UTF8.GetBytes(other + "\n"));
                }
            }
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(ByteOrderMark.Off(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
