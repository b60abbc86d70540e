using System.Buffers;
using System.Text;

namespace Hub.Connectors.Secrets;

/// <summary>
/// Finds secrets in texts. What stands there plainly is found by one search; escapes, line breaks and separators are only undone in texts that have such.
/// </summary>
internal sealed class SecretSearch
{
    /// <summary>How often escapes are undone: a service may quote what it was given in JSON.</summary>
    private const int MostLevels = 3;

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=%");

    /// <summary>What stands between the bytes of hex.</summary>
    private static readonly string[] Separators = [" ", ":", "-", ",", ", ", " 0x", ",0x", ", 0x"];

    // Longest first: a secret inside another must not leave the rest of it readable.
    private readonly SecretForm[] _forms;
    private readonly SecretForm[] _hexForms;
    private readonly SearchValues<string> _any;
    private readonly SearchValues<string> _anyHex;
    private readonly SearchValues<string> _anyHexStart;

    /// <param name="secrets">At least one.</param>
    public SecretSearch(IReadOnlyCollection<string> secrets)
    {
        _forms =
        [
            .. secrets
                .SelectMany(SecretForms.Of)
                .DistinctBy(static form => form.Text, StringComparer.Ordinal)
                .OrderByDescending(static form => form.Text.Length),
        ];
        _any = SearchValues.Create([.. _forms.Select(static form => form.Text)], StringComparison.Ordinal);
        string[] hex = [.. secrets.Select(static secret => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))).Distinct(StringComparer.Ordinal)];
        _hexForms = [.. hex.Select(static text => new SecretForm(text, IsPart: false)).OrderByDescending(static form => form.Text.Length)];
        _anyHex = SearchValues.Create(hex, StringComparison.OrdinalIgnoreCase);
        _anyHexStart = SearchValues.Create(
            [.. hex.SelectMany(static text => Separators.Select(separator => $"{text[..2]}{separator}{text[2..4]}")).Distinct(StringComparer.Ordinal)],
            StringComparison.OrdinalIgnoreCase
        );
    }

    public int Shortest => _forms[^1].Text.Length;

    public int Longest => _forms[0].Text.Length;

    public bool IsIn(ReadOnlySpan<char> text) => text.Length >= Shortest && (IsPlainlyIn(text) || (MayHide(text) && FindCoded(text, found: null)));

    public bool IsPlainlyIn(ReadOnlySpan<char> text) => text.ContainsAny(_any);

    /// <summary>Whether a text has escapes, line breaks or separators that may hide a secret. Escapes of JSON count for nothing here.</summary>
    public bool MayBeCoded(ReadOnlySpan<char> text) => text.ContainsAny('%', '&') || HasJoinableLines(text) || text.ContainsAny(_anyHexStart);

    private bool MayHide(ReadOnlySpan<char> text) => text.Contains('\\') || MayBeCoded(text);

    /// <summary>Where secrets stand in the text, in the order of their beginnings.</summary>
    public List<TextStretch> Find(ReadOnlySpan<char> text)
    {
        var found = new List<TextStretch>();
        FindIn(text, null, _any, _forms, StringComparison.Ordinal, found);
        if (MayHide(text) && FindCoded(text, found))
        {
            found.Sort(static (one, other) => one.Start.CompareTo(other.Start));
        }

        return found;
    }

    /// <param name="found">Where to put what is found; null to stop at the first.</param>
    private bool FindCoded(ReadOnlySpan<char> text, List<TextStretch>? found)
    {
        var any = FindSeparated(text, null, found);
        var views = new Stack<TextView>(0);
        try
        {
            var of = default(TextView);
            while (views.Count < MostLevels && !(any && found is null) && Escapes.AreIn(of is null ? text : of.Text))
            {
                of = TextView.Decoded(of is null ? text : of.Text, of, keepsPlaces: found is not null);
                views.Push(of);
                any |= FindIn(of.Text, of, _any, _forms, StringComparison.Ordinal, found);
                any |= FindSeparated(of.Text, of, found);
            }

            return any;
        }
        finally
        {
            while (views.TryPop(out var view))
            {
                view.Dispose();
            }
        }
    }

    private bool FindSeparated(ReadOnlySpan<char> text, TextView? view, List<TextStretch>? found)
    {
        var any = false;
        if (HasJoinableLines(text))
        {
            using var joined = TextView.OfJoinedLines(text, view, keepsPlaces: found is not null);
            any = FindIn(joined.Text, joined, _any, _forms, StringComparison.Ordinal, found);
        }

        if (text.ContainsAny(_anyHexStart))
        {
            using var joined = TextView.OfJoinedHex(text, view, keepsPlaces: found is not null);
            any |= FindIn(joined.Text, joined, _anyHex, _hexForms, StringComparison.OrdinalIgnoreCase, found);
        }

        return any;
    }

    /// <summary>Whether a line ends and the next begins with what may be base64.</summary>
    private static bool HasJoinableLines(ReadOnlySpan<char> text)
    {
        for (int at; (at = text.IndexOfAny('\r', '\n')) >= 0; )
        {
            var rest = text[at..].TrimStart(" \t\r\n");
            if (at > 0 && Base64.Contains(text[at - 1]) && rest.Length > 0 && Base64.Contains(rest[0]))
            {
                return true;
            }

            text = rest;
        }

        return false;
    }

    /// <summary>Goes over the text once: an echo may repeat a secret as often as it fits.</summary>
    private static bool FindIn(
        ReadOnlySpan<char> text,
        TextView? view,
        SearchValues<string> any,
        SecretForm[] forms,
        StringComparison comparison,
        List<TextStretch>? found
    )
    {
        var last = default(TextStretch);
        var isAny = false;
        for (int from = 0, at; (at = text[from..].IndexOfAny(any)) >= 0; from += at + 1)
        {
            isAny = true;
            if (found is null)
            {
                return true;
            }

            var next = StretchAt(text, from + at, last.End, forms, comparison);
            if (next.Start >= last.End)
            {
                Add(found, view, last);
                last = next;
            }
            else if (next.End > last.End)
            {
                last = last with { End = next.End };
            }
        }

        Add(found, view, last);
        return isAny;
    }

    private static void Add(List<TextStretch>? found, TextView? view, TextStretch stretch)
    {
        if (stretch.End > stretch.Start)
        {
            found?.Add(view is null ? stretch : view.Origin(stretch));
        }
    }

    /// <param name="taken">Up to where the text goes already.</param>
    private static TextStretch StretchAt(ReadOnlySpan<char> text, int start, int taken, SecretForm[] forms, StringComparison comparison)
    {
        var (end, isPart) = (start, false);
        foreach (var form in forms)
        {
            if (text[start..].StartsWith(form.Text, comparison))
            {
                end = Math.Max(end, start + form.Text.Length);
                isPart |= form.IsPart;
            }
        }

        if (!isPart || end <= taken)
        {
            return new TextStretch(start, end);
        }

        // A part of base64: all of the base64 that it stands in goes.
        var before = taken < start ? taken + text[taken..start].LastIndexOfAnyExcept(Base64) + 1 : start;
        var length = text[end..].IndexOfAnyExcept(Base64);
        return new TextStretch(before, length < 0 ? text.Length : end + length);
    }
}
