using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Hub.Routing.Conditions;

/// <summary>Reads JSON strings of any data: what is not valid Unicode becomes U+FFFD, where <see cref="JsonElement.GetString"/> would throw.</summary>
internal static class JsonText
{
    public static string Read(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text);
        return IsSound(raw[1..^1]) ? text.GetString()! : Decode(raw[1..^1]);
    }

    public static string ReadName(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return IsSound(raw) ? property.Name : Decode(raw);
    }

    /// <summary>Whether the body of a JSON string is valid UTF-8 whose escapes pair their surrogates.</summary>
    public static bool IsSound(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return false;
        }

        while (body.IndexOf((byte)'\\') is var at and >= 0)
        {
            if (!TakeEscape(body[at..], out var unit, out var length))
            {
                return false;
            }

            body = body[(at + length)..];
            if (char.IsHighSurrogate(unit) && TakeEscape(body, out var low, out length) && char.IsLowSurrogate(low))
            {
                body = body[length..];
            }
            else if (char.IsSurrogate(unit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Replaces unpaired surrogates, which JSON writers refuse.</summary>
    public static string Sound(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }
        }

        return text;
    }

    private static string Decode(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder(body.Length);
        while (body.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(body[..at]));
            if (!TakeEscape(body[at..], out var unit, out var length))
            {
                break;
            }

            text.Append(unit);
            body = body[(at + length)..];
        }

        text.Append(Encoding.UTF8.GetString(body));
        return Sound(text.ToString());
    }

    private static bool TakeEscape(ReadOnlySpan<byte> text, out char unit, out int length)
    {
        (unit, length) = ('\0', 2);
        if (text.Length < 2 || text[0] != '\\')
        {
            return false;
        }

        if (text[1] != 'u')
        {
            unit = (char)text[1] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                var other => other,
            };
            return true;
        }

        if (text.Length < 6 || !Utf8Parser.TryParse(text.Slice(2, 4), out ushort code, out var used, 'x') || used != 4)
        {
            return false;
        }

        (unit, length) = ((char)code, 6);
        return true;
    }
}
