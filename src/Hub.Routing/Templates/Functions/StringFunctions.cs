using System.Globalization;
using Hub.Fields;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>string</c>: functions on text. Lengths and places are in characters as people count them.</summary>
internal static class StringFunctions
{
    public static BuiltinGroup Create()
    {
        var group = new BuiltinGroup()
            .Add("append(text text, text with)", a => Joined(a, a.Text(0), a.Text(1)))
            .Add("prepend(text text, text by)", a => Joined(a, a.Text(1), a.Text(0)))
            .Add("upcase(text text)", a => a.Text(0) is { } text ? a.State.Charged(text.ToUpperInvariant()) : null)
            .Add("downcase(text text)", a => a.Text(0) is { } text ? a.State.Charged(text.ToLowerInvariant()) : null)
            .Add("capitalize(text text)", a => a.Text(0) is { Length: > 0 } text ? a.State.Charged(char.ToUpperInvariant(text[0]) + text[1..]) : "")
            .Add("capitalizewords(text text)", a => CapitalizeWords(a.Text(0) ?? ""))
            .Add("contains(text text, text value)", a =>
                Boxes.Of(a.Text(0) is { Length: > 0 } text && a.Text(1) is { Length: > 0 } value && text.Contains(value, StringComparison.Ordinal))
            )
            .Add("starts_with(text text, text value)", a =>
                Boxes.Of(a.Text(0) is { Length: > 0 } text && a.Text(1) is { Length: > 0 } value && text.StartsWith(value, StringComparison.Ordinal))
            )
            .Add("ends_with(text text, text value)", a =>
                Boxes.Of(a.Text(0) is { Length: > 0 } text && a.Text(1) is { Length: > 0 } value && text.EndsWith(value, StringComparison.Ordinal))
            )
            .Add("equals_ignore_case(text text, text value)", a => Boxes.Of(string.Equals(a.Text(0), a.Text(1), StringComparison.OrdinalIgnoreCase)))
            .Add("empty(text text)", a => Boxes.Of(string.IsNullOrEmpty(a.Text(0))))
            .Add("whitespace(text text)", a => Boxes.Of(string.IsNullOrWhiteSpace(a.Text(0))))
            .Add("size(text text)", a => Boxes.Of(Characters.Count(a.Text(0))))
            .Add("escape(text text)", a => a.Made(Formatting.Escape))
            .Add("literal(text text)", a => a.Made(text => $"\"{Formatting.Escape(text)}\""))
            .Add("strip(text text)", a => a.Text(0)?.Trim())
            .Add("lstrip(text text)", a => a.Text(0)?.TrimStart())
            .Add("rstrip(text text)", a => a.Text(0)?.TrimEnd())
            .Add("strip_newlines(text text)", a =>
                a.State.Charged((a.Text(0) ?? "").Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal))
            )
            .Add("handleize(text text)", a => Handleize(a.Text(0) ?? ""))
            .Add("pluralize(int number, text singular, text plural)", a => a.Int(0) == 1 ? a.Text(1) : a.Text(2))
            .Add("remove(text text, text remove)", a =>
                a.Text(0) is { Length: > 0 } text && a.Text(1) is { Length: > 0 } removed ? Replace(a, text, removed, "") : a.Text(0)
            )
            .Add("replace(text text, text match, text replace)", a =>
                a.Text(0) is { Length: > 0 } text
                    ? Replace(a, text, a.Text(1) is { Length: > 0 } match ? match : throw a.Error("The string to replace cannot be empty"), a.Text(2) ?? "")
                    : ""
            )
            .Add("remove_first(text text, text remove)", a => ReplaceOne(a, "", fromEnd: false))
            .Add("remove_last(text text, text remove)", a => ReplaceOne(a, "", fromEnd: true))
            .Add("replace_first(text text, text match, text replace, bool fromEnd = false)", a => ReplaceOne(a, a.Text(2) ?? "", a[3] is true))
            .Add("slice(text text, int start, int? length = null)", a => TextCutting.Slice(a.Text(0) ?? "", a.Int(1), a[2] as int? ?? a.Text(0)?.Length ?? 0))
            .Add("slice1(text text, int start, int length = 1)", a => a.Int(2) <= 0 ? "" : TextCutting.Slice(a.Text(0) ?? "", a.Int(1), a.Int(2)))
            .Add("split(text text, text match)", Split)
            .Add("truncate(text text, int length, text ellipsis = null)", TextCutting.Truncate)
            .Add("truncatewords(text text, int count, text ellipsis = null)", TextCutting.TruncateWords)
            .Add("pad_left(text text, int width)", a => TextCutting.Padded(a, (text, units) => text.PadLeft(units)))
            .Add("pad_right(text text, int width)", a => TextCutting.Padded(a, (text, units) => text.PadRight(units)))
            .Add("index_of(text text, text search, int? startIndex = null, int? count = null, text stringComparison = null)", TextCutting.IndexOf);
        AddNumbers(group);
        return HashFunctions.AddTo(group);
    }

    private static void AddNumbers(BuiltinGroup group) =>
        group
            .Add("to_int(text text)", a =>
                int.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Boxes.Of(number) : null
            )
            .Add("to_long(text text)", a =>
                long.TryParse(a.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Boxes.Of(number) : null
            )
            .Add("to_float(text text)", a =>
                float.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                && float.IsFinite(number)
                    ? number
                    : null
            )
            .Add("to_double(text text)", a =>
                double.TryParse(a.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                    ? number
                    : null
            );

    private static string Joined(Arguments a, string? first, string? second)
    {
        a.State.ChargeText((first?.Length ?? 0L) + (second?.Length ?? 0));
        return first + second;
    }

    /// <summary>Counts what the replacement makes before it is made.</summary>
    private static string Replace(Arguments a, string text, string match, string replacement)
    {
        if (replacement.Length > match.Length)
        {
            var count = 0L;
            for (var at = text.IndexOf(match, StringComparison.Ordinal); at >= 0; at = text.IndexOf(match, at + match.Length, StringComparison.Ordinal))
            {
                count++;
            }

            a.State.ChargeText(text.Length + (count * (replacement.Length - match.Length)));
        }
        else
        {
            a.State.ChargeText(text.Length);
        }

        return text.Replace(match, replacement, StringComparison.Ordinal);
    }

    private static string ReplaceOne(Arguments a, string replacement, bool fromEnd)
    {
        if (a.Text(0) is not { Length: > 0 } text || a.Text(1) is not { Length: > 0 } match)
        {
            return a.Text(0) ?? "";
        }

        var at = fromEnd ? text.LastIndexOf(match, StringComparison.OrdinalIgnoreCase) : text.IndexOf(match, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return text;
        }

        a.State.ChargeText((long)text.Length + replacement.Length);
        return string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length));
    }

    private static ArrayValue Split(Arguments a)
    {
        if (a.Text(0) is not { Length: > 0 } text)
        {
            return new ArrayValue([], isIterator: true);
        }

        var match = a.Text(1) ?? "";
        a.State.ChargeText(text.Length);
        var parts = new List<object?>();
        for (var start = 0; start < text.Length; )
        {
            var end = match.Length == 0 ? -1 : text.IndexOf(match, start, StringComparison.Ordinal);
            end = end < 0 ? text.Length : end;
            if (end > start)
            {
                a.State.ChargeElements(1);
                parts.Add(text[start..end]);
            }

            start = end + match.Length;
        }

        return new ArrayValue(parts, isIterator: true);
    }

    private static string CapitalizeWords(string text)
    {
        var letters = text.ToCharArray();
        var isStart = true;
        for (var i = 0; i < letters.Length; i++)
        {
            if (char.IsWhiteSpace(letters[i]))
            {
                isStart = true;
            }
            else if (isStart && char.IsLetter(letters[i]))
            {
                letters[i] = char.ToUpperInvariant(letters[i]);
                isStart = false;
            }
        }

        return new string(letters);
    }

    private static string Handleize(string text)
    {
        var handle = new System.Text.StringBuilder(text.Length);
        var last = '\0';
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                handle.Append(char.ToLowerInvariant(c));
                last = c;
            }
            else if (last != '-')
            {
                handle.Append('-');
                last = '-';
            }
        }

        return handle.ToString().TrimEnd('-');
    }
}
