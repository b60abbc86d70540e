using System.Text;
using System.Text.Unicode;
using Hub.Fields.Charsets;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hub.Signatures;

/// <summary>A form body's fields in the order in which they are signed: by name, then by value, repeated pairs once.</summary>
internal static class SortedForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>
    /// Why a body cannot be taken for the form that is signed, or null. No body at all is a form without fields. What everybody else would read otherwise,
    /// as JSON or in another charset, is refused: it would mean something that nobody signed.
    /// </summary>
    public static string? ErrorOf(SignedRequest request)
    {
        var body = request.Body.Span;
        var looksLikeJson = body.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        return
            body.IsEmpty || (!looksLikeJson && IsForm(request.Headers["Content-Type"].ToString()) && Utf8.IsValid(body) && IsUtf8(body) && IsWithinLimits(body))
            ? null
            : "The body is not a form in UTF-8, and this scheme signs form fields.";
    }

    /// <summary>Name, value, name, value and so on.</summary>
    public static IEnumerable<string> Read(ReadOnlySpan<byte> body)
    {
        var pairs = new SortedSet<(string Name, string Value)>(
            Comparer<(string Name, string Value)>.Create(
                static (a, b) => string.CompareOrdinal(a.Name, b.Name) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value)
            )
        );
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            pairs.Add((pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs.SelectMany(static pair => new[] { pair.Name, pair.Value });
    }

    private static bool IsForm(string contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || (TextDecoder.NamedIn(contentType) ?? Charset.Utf8) == Charset.Utf8);

    private static bool IsUtf8(ReadOnlySpan<byte> body) => (FormCharset.NamedIn(body) ?? Charset.Utf8) == Charset.Utf8;

    private static bool IsWithinLimits(ReadOnlySpan<byte> body)
    {
        var count = 0;
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            if (++count > FormLimits.MaxFields || pair.DecodeName().Length > FormLimits.MaxNameLength)
            {
                return false;
            }
        }

        return true;
    }
}
