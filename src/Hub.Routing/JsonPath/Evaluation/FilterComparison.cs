using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>The comparisons of RFC 9535, section 2.3.5.2.2: strings by code points, numbers by value, anything else by equality only.</summary>
internal static class FilterComparison
{
    private const int BytesPerCharge = 64;
    private const int LongestInteger = 20;

    public static bool Equal(QueryRun run, FilterValue left, FilterValue right)
    {
        var kind = left.Kind;
        return kind == right.Kind
            && kind switch
            {
                JsonValueKind.Number => CompareNumbers(run, left, right) == 0,
                JsonValueKind.String => CompareStrings(run, left.Element, right.Element) == 0,
                JsonValueKind.Array or JsonValueKind.Object => DeepEquality.Holds(run, left.Element, right.Element),
                _ => true,
            };
    }

    public static bool Less(QueryRun run, FilterValue left, FilterValue right)
    {
        var kind = left.Kind;
        return kind == right.Kind
            && kind switch
            {
                JsonValueKind.Number => CompareNumbers(run, left, right) < 0,
                JsonValueKind.String => CompareStrings(run, left.Element, right.Element) < 0,
                _ => false,
            };
    }

    private static int CompareStrings(QueryRun run, JsonElement left, JsonElement right)
    {
        var a = JsonStrings.RawOf(left);
        var b = JsonStrings.RawOf(right);
        run.Charge((a.Length + b.Length) / BytesPerCharge);
        return JsonStrings.Compare(a, b);
    }

    private static int CompareNumbers(QueryRun run, FilterValue left, FilterValue right)
    {
        Span<byte> leftDigits = stackalloc byte[LongestInteger];
        Span<byte> rightDigits = stackalloc byte[LongestInteger];
        var a = Digits(left, leftDigits);
        var b = Digits(right, rightDigits);
        if (
            Utf8Parser.TryParse(a, out long x, out var readLeft)
            && readLeft == a.Length
            && Utf8Parser.TryParse(b, out long y, out var readRight)
            && readRight == b.Length
        )
        {
            return x.CompareTo(y);
        }

        run.Charge((a.Length + b.Length) / BytesPerCharge);
        return JsonNumber.Compare(a, b);
    }

    private static ReadOnlySpan<byte> Digits(FilterValue value, Span<byte> buffer)
    {
        if (!value.IsComputed)
        {
            return JsonMarshal.GetRawUtf8Value(value.Element);
        }

        Utf8Formatter.TryFormat(value.Number, buffer, out var written);
        return buffer[..written];
    }
}
