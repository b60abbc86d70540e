using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>Reads values out of JSON. Text that is no valid Unicode is read with U+FFFD in its place; System.Text.Json throws on it.</summary>
internal static class JsonReading
{
    private const int MaxExactDigits = 100;
    private const int MaxExponent = 1000;

    public static object? ToValue(RenderState state, JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(state, element),
            JsonValueKind.Array => new ArrayValue(state, element),
            JsonValueKind.String => TextOf(element),
            JsonValueKind.Number => WrittenOf(state, element),
            JsonValueKind.True => Boxes.True,
            JsonValueKind.False => Boxes.False,
            _ => null,
        };

    /// <summary>A 64-bit integer, else a decimal, else a double.</summary>
    public static object NumberOf(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return Boxes.Of(integer);
        }

        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (
            raw.IndexOfAny("eE."u8) < 0
            && raw.Length <= MaxExactDigits
            && BigInteger.TryParse(Encoding.UTF8.GetString(raw), CultureInfo.InvariantCulture, out var big)
        )
        {
            return big;
        }

        // A decimal that lost digits is no exact number either; a double keeps the magnitude.
        var number = element.GetDouble();
        return element.TryGetDecimal(out var exact) && (exact != 0 || number == 0) ? exact
            : double.IsFinite(number) ? number
            : (object?)Whole(raw) ?? number;
    }

    /// <summary>The whole number that an exponent makes, as <c>1e400</c>; null where it is none, or has more digits than are reckoned with.</summary>
    private static BigInteger? Whole(ReadOnlySpan<byte> raw) =>
        raw.Length <= MaxExactDigits
        && raw.IndexOfAny("eE"u8) is > 0 and var exponent
        && int.TryParse(raw[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
        && power <= MaxExponent
        && BigInteger.TryParse(
            Encoding.UTF8.GetString(raw),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var whole
        )
            ? whole
            : null;

    /// <summary>The number, with the way it was written where it would be written otherwise.</summary>
    private static object WrittenOf(RenderState state, JsonElement element)
    {
        var number = NumberOf(element);
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if ((number is BigInteger && raw.IndexOfAny("eE"u8) < 0) || (number is long && !raw.SequenceEqual("-0"u8)))
        {
            return number;
        }

        Span<byte> plain = stackalloc byte[64];
        return number is decimal exact && exact.TryFormat(plain, out var length, default, CultureInfo.InvariantCulture) && raw.SequenceEqual(plain[..length])
            ? number
            : new WrittenNumber(number, state.Charged(Encoding.UTF8.GetString(raw)));
    }

    public static string TextOf(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return Decode(raw[1..^1]);
    }

    public static string NameOf(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    public static bool TryGetMember(JsonElement source, MemberName name, out JsonElement member)
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            member = default;
            return false;
        }

        try
        {
            return source.TryGetProperty(name.Utf8, out member);
        }
        catch (InvalidOperationException)
        {
            return TryFind(source, name.Text, out member);
        }
    }

    /// <summary>Whether System.Text.Json can read every text within.</summary>
    public static bool IsWellFormed(JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0 && System.Text.Unicode.Utf8.IsValid(raw);
    }

    private static bool TryFind(JsonElement source, string name, out JsonElement member)
    {
        (var found, member) = (false, default);
        foreach (var property in source.EnumerateObject())
        {
            if (NameOf(property) == name)
            {
                (found, member) = (true, property.Value);
            }
        }

        return found;
    }

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = new TextBuffer(raw.Length);
        DecodeTo(raw, ref text);
        return text.Finish();
    }

    /// <summary>Appends the text of a JSON string, whose raw bytes these are without quotes.</summary>
    public static void DecodeTo(ReadOnlySpan<byte> raw, ref TextBuffer text)
    {
        while (!raw.IsEmpty)
        {
            var escape = raw.IndexOf((byte)'\\');
            if (escape != 0)
            {
                text.AppendUtf8(escape < 0 ? raw : raw[..escape]);
                if (escape < 0)
                {
                    return;
                }

                raw = raw[escape..];
            }

            var length = raw[1] == 'u' ? 6 : 2;
            text.Append(
                raw[1] switch
                {
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    (byte)'u' => Unit(raw, ref length, ref text),
                    var c => (char)c,
                }
            );
            raw = raw[length..];
        }
    }

    private static char Unit(ReadOnlySpan<byte> raw, ref int length, ref TextBuffer text)
    {
        var unit = Hex(raw[2..6]);
        if (!char.IsSurrogate(unit))
        {
            return unit;
        }

        if (char.IsHighSurrogate(unit) && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' && Hex(raw[8..12]) is var low && char.IsLowSurrogate(low))
        {
            length = 12;
            text.Append(unit);
            return low;
        }

        return '\uFFFD';
    }

    private static char Hex(ReadOnlySpan<byte> digits) => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
