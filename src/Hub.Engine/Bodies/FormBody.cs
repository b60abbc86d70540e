using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Hub.Fields.Charsets;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Engine.Bodies;

/// <summary>Reads <c>application/x-www-form-urlencoded</c>.</summary>
internal static class FormBody
{
    public const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The fields; null when the body is none of this kind, or has too many.</summary>
    public static FormFields? Read(ReadOnlySpan<byte> body, string? contentType)
    {
        // A form is never UTF-16: its own signs are bytes.
        var charset = FormCharset.NamedIn(body) ?? TextDecoder.NamedIn(contentType) ?? Charset.Utf8;
        return charset.IsBytewise ? ReadIn(charset, body) : ReadUtf8(body);
    }

    private static FormFields? ReadUtf8(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        var fields = new FormFields();
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body)))
        {
            if (!fields.TryAdd(pair.DecodeName().ToString(), new FormValue(pair.DecodeValue().ToString())))
            {
                return null;
            }
        }

        return fields;
    }

    private static FormFields? ReadIn(Charset charset, ReadOnlySpan<byte> body)
    {
        var fields = new FormFields();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (!pair.IsEmpty && !fields.TryAdd(Decode(charset, name).Text, Decode(charset, equals < 0 ? default : pair[(equals + 1)..])))
            {
                return null;
            }
        }

        return fields;
    }

    private static DecodedText Decode(Charset charset, ReadOnlySpan<byte> part)
    {
        var rented = ArrayPool<byte>.Shared.Rent(part.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < part.Length; i++)
            {
                rented[length++] = part[i] switch
                {
                    (byte)'+' => (byte)' ',
                    (byte)'%'
                        when part.Length - i > 2
                            && byte.TryParse(part.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped) => Escaped(
                        escaped,
                        ref i
                    ),
                    var plain => plain,
                };
            }

            return TextDecoder.Decode(charset, rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static byte Escaped(byte value, ref int at)
    {
        at += 2;
        return value;
    }
}
