using Hub.Routing.Conditions;

namespace Hub.Routing.Templates.Functions;

/// <summary>Every function that comes with the language by its whole name, and which one a misspelt name was meant to be.</summary>
internal static class FunctionNames
{
    private static readonly string[] All =
    [
        .. Builtins.All.Where(static pair => pair.Value is BuiltinFunction).Select(static pair => pair.Key),
        .. Builtins
            .All.Where(static pair => pair.Value is BuiltinGroup)
            .SelectMany(static pair =>
                ((BuiltinGroup)pair.Value!).Members.Where(static member => member.Value is Function).Select(member => $"{pair.Key}.{member.Key}")
            ),
    ];

    /// <summary>What other languages call it.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["uppercase"] = "string.upcase",
        ["toUpperCase"] = "string.upcase",
        ["upper"] = "string.upcase",
        ["lowercase"] = "string.downcase",
        ["toLowerCase"] = "string.downcase",
        ["lower"] = "string.downcase",
        ["trim"] = "string.strip",
        ["substring"] = "string.slice",
        ["substr"] = "string.slice",
        ["length"] = "string.size",
        ["len"] = "string.size",
        ["tojson"] = "object.to_json",
        ["stringify"] = "object.to_json",
        ["json_encode"] = "object.to_json",
        ["parse"] = "object.from_json",
        ["fromjson"] = "object.from_json",
        ["json_decode"] = "object.from_json",
        ["now"] = "date.now",
        ["includes"] = "string.contains",
        ["startsWith"] = "string.starts_with",
        ["endsWith"] = "string.ends_with",
        ["indexOf"] = "string.index_of",
        ["replaceAll"] = "string.replace",
        ["padStart"] = "string.pad_left",
        ["padEnd"] = "string.pad_right",
        ["parseInt"] = "string.to_int",
        ["parseFloat"] = "string.to_double",
        ["toFixed"] = "math.format",
        ["toISOString"] = "date.to_string",
        ["toFormat"] = "date.to_string",
        ["push"] = "array.add",
        ["urlencode"] = "html.url_encode",
        ["encodeURIComponent"] = "html.url_encode",
    };

    /// <summary>A remedy for a name that is none.</summary>
    public static string Advise(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var meant = Array.Find(All, known => Last(known) == last && known != name)
            ?? (Elsewhere.TryGetValue(last, out var elsewhere) && All.Contains(elsewhere, StringComparer.Ordinal) ? elsewhere : null)
            ?? NearestName.Find(name, All)
            ?? (NearestName.Find(last, All.Select(Last)) is { } near ? Array.Find(All, known => Last(known) == near) : null);
        return meant is null ? "Correct the name; docs/languages.md lists the functions." : $"Did you mean '{meant}'?";
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
