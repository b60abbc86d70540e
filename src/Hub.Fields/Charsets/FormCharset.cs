using System.Text;

namespace Hub.Fields.Charsets;

/// <summary>The field by which a form says in what charset it is (HTML, RFC 7578 section 4.6).</summary>
public static class FormCharset
{
    public const string Field = "_charset_";

    private const int LongestLabel = 64;

    /// <summary>
    /// The charset that an <c>application/x-www-form-urlencoded</c> body names in the first such field; null when it names none that is known.
    /// </summary>
    public static Charset? NamedIn(ReadOnlySpan<byte> body)
    {
        var rest = body;
        while (rest.IndexOf("_charset_="u8) is var at and >= 0)
        {
            var isField = rest.Length == body.Length && at == 0 || (at > 0 && rest[at - 1] == '&');
            rest = rest[(at + Field.Length)..];
            if (isField)
            {
                var value = rest[1..];
                var end = value.IndexOf((byte)'&');
                value = end < 0 ? value : value[..end];
                return value.Length > LongestLabel ? null : TextDecoder.Find(Uri.UnescapeDataString(Encoding.Latin1.GetString(value)));
            }
        }

        return null;
    }
}
