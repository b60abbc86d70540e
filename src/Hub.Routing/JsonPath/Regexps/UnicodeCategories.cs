namespace Hub.Routing.JsonPath.Regexps;

/// <summary>The Unicode categories that I-Regexp names, as one bit each.</summary>
internal static class UnicodeCategories
{
    // In the order of System.Globalization.UnicodeCategory. Surrogates (Cs) are no characters, so I-Regexp leaves them out.
    private static readonly string[] s_names =
    [
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Mc",
        "Me",
        "Nd",
        "Nl",
        "No",
        "Zs",
        "Zl",
        "Zp",
        "Cc",
        "Cf",
        "",
        "Co",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "Cn",
    ];

    /// <summary>The bits of a category, or of a group such as L; zero when there is none of that name.</summary>
    public static uint BitsOf(string name)
    {
        var bits = 0u;
        for (var i = 0; i < s_names.Length; i++)
        {
            bits |= name.Length > 0 && s_names[i].StartsWith(name, StringComparison.Ordinal) ? 1u << i : 0;
        }

        return bits;
    }
}
