using System.Text;
using System.Text.Json;

namespace Hub.TestSupport;

/// <summary>A plan as PostgreSQL explains it, without what varies: its nodes, one a line, each with the table and the index it reads.</summary>
public static class PlanShape
{
    /// <param name="explained">What <c>EXPLAIN (FORMAT JSON)</c> answers.</param>
    public static string Of(string explained)
    {
        using var document = JsonDocument.Parse(explained);
        var shape = new StringBuilder();
        Add(document.RootElement[0].GetProperty("Plan"), 0, shape);
        return shape.ToString();
    }

    private static void Add(JsonElement node, int depth, StringBuilder shape)
    {
        shape.Append(' ', depth * 2).Append(Text(node, "Node Type"));
        Add(node, "Join Type", " ", shape);
        Add(node, "Operation", " ", shape);
        Add(node, "Index Name", " using ", shape);
        Add(node, "Relation Name", " on ", shape);
        shape.Append('\n');
        if (node.TryGetProperty("Plans", out var below))
        {
            foreach (var child in below.EnumerateArray())
            {
                Add(child, depth + 1, shape);
            }
        }
    }

    private static void Add(JsonElement node, string name, string before, StringBuilder shape)
    {
        if (Text(node, name) is { } text)
        {
            shape.Append(before).Append(text);
        }
    }

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;
}
