using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hub.Signatures.Doctor;

/// <summary>Writes JSON anew in a given form, keeping numbers digit by digit unless the form says otherwise.</summary>
internal static class JsonText
{
    private const int MaxLength = 4 << 20;

    /// <summary>The text, or null when it would be too long or a string holds half a character.</summary>
    public static string? Write(JsonElement element, JsonForm form)
    {
        var text = new StringBuilder();
        try
        {
            Append(text, element, form, 0);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        return text.Length <= MaxLength ? text.ToString() : null;
    }

    public static string EscapeInPlace(string text, string digits)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c < 0x80 ? escaped.Append(c) : escaped.Append("\\u").Append(((int)c).ToString(digits, CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <summary>Escapes of characters beyond ASCII only; all others mean something in JSON.</summary>
    public static string UnescapeInPlace(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
            }
            else if (
                text[i + 1] == 'u'
                && i + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code >= 0x80
            )
            {
                plain.Append((char)code);
                i += 5;
            }
            else
            {
                plain.Append(text[i]).Append(text[++i]);
            }
        }

        return plain.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element, JsonForm form, int depth)
    {
        if (text.Length > MaxLength)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = element.EnumerateObject();
                AppendAll<JsonProperty>(
                    text,
                    form,
                    depth,
                    '{',
                    '}',
                    form.Sorted ? properties.OrderBy(static p => p.Name, StringComparer.Ordinal) : properties,
                    property =>
                    {
                        AppendString(text, property.Name, form.Escape == JsonEscape.AsGiven ? JsonEscape.Minimal : form.Escape);
                        text.Append(form.Colon);
                        Append(text, property.Value, form, depth + 1);
                    }
                );
                break;
            case JsonValueKind.Array:
                AppendAll(text, form, depth, '[', ']', element.EnumerateArray(), item => Append(text, item, form, depth + 1));
                break;
            case JsonValueKind.String when form.Escape != JsonEscape.AsGiven:
                AppendString(text, element.GetString()!, form.Escape);
                break;
            case JsonValueKind.Number when form.PlainNumbers && element.TryGetDouble(out var number) && Math.Abs(number) is 0 or (>= 1e-6 and < 1e15):
                text.Append(
                    number.ToString("0.#################", CultureInfo.InvariantCulture) is "-0" ? "0" : number.ToString("R", CultureInfo.InvariantCulture)
                );
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, JsonForm form, int depth, char open, char close, IEnumerable<T> items, Action<T> append)
    {
        text.Append(open);
        var any = false;
        foreach (var item in items)
        {
            text.Append(any ? form.Comma : "");
            Break(text, form, depth + 1);
            append(item);
            any = true;
        }

        if (any)
        {
            Break(text, form, depth);
        }

        text.Append(close);
    }

    private static void Break(StringBuilder text, JsonForm form, int depth)
    {
        if (form.Indent is null)
        {
            return;
        }

        text.Append('\n');
        for (var i = 0; i < depth; i++)
        {
            text.Append(form.Indent);
        }
    }

    private static void AppendString(StringBuilder text, string value, JsonEscape escape)
    {
        text.Append('"');
        if (escape == JsonEscape.DotNet)
        {
            text.Append(JavaScriptEncoder.Default.Encode(value)).Append('"');
            return;
        }

        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '/' when escape == JsonEscape.Php => text.Append("\\/"),
                _ when MustEscape(c, escape) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static bool MustEscape(char c, JsonEscape escape) =>
        c < 0x20
        || escape switch
        {
            JsonEscape.Ascii or JsonEscape.Php => c >= 0x7f,
            JsonEscape.Go => c is '<' or '>' or '&' or '\u2028' or '\u2029',
            _ => false,
        };
}
