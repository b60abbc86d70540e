using System.Buffers.Text;

namespace Hub.Connectors.Http;

/// <summary>Looks at the <c>\uD800</c> to <c>\uDFFF</c> of JSON, which are text only in pairs.</summary>
internal static class SurrogateEscapes
{
    /// <param name="json">Valid JSON.</param>
    public static bool ArePaired(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\\') is var at and >= 0)
        {
            json = json[at..];
            if (!IsEscaped(json, out var unit))
            {
                json = json[2..];
            }
            else if (char.IsHighSurrogate(unit) && IsEscaped(json[6..], out var low) && char.IsLowSurrogate(low))
            {
                json = json[12..];
            }
            else if (char.IsSurrogate(unit))
            {
                return false;
            }
            else
            {
                json = json[6..];
            }
        }

        return true;
    }

    private static bool IsEscaped(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < 6 || json[0] != '\\' || json[1] != 'u' || !Utf8Parser.TryParse(json.Slice(2, 4), out ushort code, out var used, 'x') || used != 4)
        {
            return false;
        }

        unit = (char)code;
        return true;
    }
}
