using System.Text;
using System.Text.Json;

namespace Hub.Operations.Workflows;

/// <summary>Whether two JSON texts differ in white space and escapes alone. The order of members counts: they go out in it.</summary>
internal static class SameDocument
{
    private static readonly JsonReaderOptions Depth = new() { MaxDepth = 1000 };

    public static bool Are(string first, string second)
    {
        var left = new Utf8JsonReader(Encoding.UTF8.GetBytes(first), Depth);
        var right = new Utf8JsonReader(Encoding.UTF8.GetBytes(second), Depth);
        while (left.Read())
        {
            if (!right.Read() || left.TokenType != right.TokenType || !HaveSameValue(ref left, ref right))
            {
                return false;
            }
        }

        return !right.Read();
    }

    private static bool HaveSameValue(ref Utf8JsonReader left, ref Utf8JsonReader right) =>
        left.TokenType switch
        {
            JsonTokenType.PropertyName or JsonTokenType.String => left.GetString() == right.GetString(),
            JsonTokenType.Number => left.ValueSpan.SequenceEqual(right.ValueSpan),
            _ => true,
        };
}
