using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Hub.Routing.JsonPath.Text;

/// <summary>
/// Reads strings and names straight from the document's UTF-8. JsonElement's own readers throw on lone surrogates, which
/// JSON text may hold as escapes; here they become U+FFFD.
/// </summary>
internal static class JsonStrings
{
    private const int StackBytes = 256;

    /// <summary>The characters between the quotes, escapes included.</summary>
    public static ReadOnlySpan<byte> RawOf(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    public static string NameOf(JsonProperty member) => Decode(JsonMarshal.GetRawUtf8PropertyName(member));

    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        var decoded = Encoding.UTF8.GetString(rented.AsSpan(0, JsonEscapes.Decode(raw, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return decoded;
    }

    /// <summary>Decodes into UTF-16 that the caller hands back to ArrayPool&lt;char&gt;.</summary>
    public static char[] RentDecoded(ReadOnlySpan<byte> raw, out int length)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(raw.Length);
        var chars = ArrayPool<char>.Shared.Rent(raw.Length);
        length = Encoding.UTF8.GetChars(bytes.AsSpan(0, JsonEscapes.Decode(raw, bytes)), chars);
        ArrayPool<byte>.Shared.Return(bytes);
        return chars;
    }

    /// <summary>Order by Unicode code points, which is the order of the UTF-8 bytes.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (!left.Contains((byte)'\\') && !right.Contains((byte)'\\'))
        {
            return left.SequenceCompareTo(right);
        }

        var size = left.Length + right.Length;
        var rented = size > StackBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[StackBytes];
        var split = JsonEscapes.Decode(left, buffer);
        var end = JsonEscapes.Decode(right, buffer[split..]);
        var order = buffer[..split].SequenceCompareTo(buffer.Slice(split, end));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return order;
    }

    /// <summary>The number of Unicode characters.</summary>
    public static int Length(ReadOnlySpan<byte> raw)
    {
        var rented = raw.Contains((byte)'\\') ? ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        var text = rented is null ? raw : rented.AsSpan(0, JsonEscapes.Decode(raw, rented));
        var count = 0;
        foreach (var b in text)
        {
            count += (b & 0xC0) != 0x80 ? 1 : 0;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return count;
    }

    /// <summary>A value of its own for a string that the query holds.</summary>
    public static JsonElement ToElement(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ =
                c is '"' or '\\' ? json.Append('\\').Append(c)
                : c < ' ' ? json.Append(@"\u").Append(((int)c).ToString("x4"))
                : json.Append(c);
        }

        return JsonElement.Parse(json.Append('"').ToString());
    }
}
