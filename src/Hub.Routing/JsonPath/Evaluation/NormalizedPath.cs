using System.Text;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>Writes normalized paths (RFC 9535, section 2.7).</summary>
internal static class NormalizedPath
{
    // Paths of a deep document add up to more than the document: they are charged by length.
    private const int CharactersPerCharge = 16;

    public static string Write(QueryRun run, Location location)
    {
        var steps = new Stack<Location>();
        for (var step = location; step.Parent is not null; step = step.Parent)
        {
            run.Charge(1 + ((step.Name?.Length ?? 0) / CharactersPerCharge));
            steps.Push(step);
        }

        var path = new StringBuilder("$");
        foreach (var step in steps)
        {
            path.Append('[');
            _ = step.Name is null ? path.Append(step.Index) : WriteName(path, step.Name);
            path.Append(']');
        }

        return path.ToString();
    }

    private static StringBuilder WriteName(StringBuilder path, string name)
    {
        path.Append('\'');
        foreach (var c in name)
        {
            _ = c switch
            {
                '\'' => path.Append("\\'"),
                '\\' => path.Append(@"\\"),
                '\b' => path.Append(@"\b"),
                '\t' => path.Append(@"\t"),
                '\n' => path.Append(@"\n"),
                '\f' => path.Append(@"\f"),
                '\r' => path.Append(@"\r"),
                < ' ' => path.Append(@"\u00").Append(((int)c).ToString("x2")),
                _ => path.Append(c),
            };
        }

        return path.Append('\'');
    }
}
