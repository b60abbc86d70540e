using System.Buffers;
using System.Text;

namespace Hub.Engine.Bodies;

internal static class WellFormedText
{
    /// <summary>Lone surrogates, which percent-encoded text can hold and JSON cannot, become U+FFFD.</summary>
    public static string Of(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            }

            rest = rest[consumed..];
        }

        return text;
    }
}
