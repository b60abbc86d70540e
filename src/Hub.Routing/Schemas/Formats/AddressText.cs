using System.Buffers;

namespace Hub.Routing.Schemas.Formats;

/// <summary>Addresses as texts; nothing is looked up.</summary>
internal static class AddressText
{
    private const int Groups = 8;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Four numbers up to 255 without leading zeros, which some read as octal.</summary>
    public static bool IsVersion4(ReadOnlySpan<char> text)
    {
        var parts = 0;
        foreach (var part in text.Split('.'))
        {
            var digits = text[part];
            if (
                ++parts > 4
                || digits.Length is < 1 or > 3
                || digits.ContainsAnyExceptInRange('0', '9')
                || (digits[0] == '0' && digits.Length > 1)
                || int.Parse(digits, null) > 255
            )
            {
                return false;
            }
        }

        return parts == 4;
    }

    public static bool IsVersion6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryCountGroups(text, out var all) && all == Groups;
        }

        return TryCountGroups(text[..gap], out var before)
            && TryCountGroups(text[(gap + 2)..], out var after)
            && before + after < Groups
            && !text[..gap].Contains('.');
    }

    // The last two groups may be written as an IPv4 address.
    private static bool TryCountGroups(ReadOnlySpan<char> text, out int count)
    {
        count = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (var part in text.Split(':'))
        {
            var group = text[part];
            if (part.End.Value == text.Length && group.Contains('.'))
            {
                count += 2;
                return IsVersion4(group);
            }

            if (++count > Groups || group.Length is < 1 or > 4 || group.ContainsAnyExcept(Hex))
            {
                return false;
            }
        }

        return true;
    }
}
