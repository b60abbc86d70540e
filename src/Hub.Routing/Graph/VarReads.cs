using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>Which of a workflow's vars a step may read, by its text: where that leaves a doubt, the step may read all of them.</summary>
internal static class VarReads
{
    private const string Vars = "vars";

    /// <summary>What reaches into the run context without naming what it reaches.</summary>
    private static readonly string[] Unnamed = ["$..", "$.*", "$[", "this", "eval", "\\u"];

    /// <summary>The names whose values differ.</summary>
    public static IReadOnlySet<string> Changed(JsonElement earlier, JsonElement later)
    {
        var (before, after) = (ValuesOf(earlier), ValuesOf(later));
        return before
            .Keys.Union(after.Keys)
            .Where(name => !before.TryGetValue(name, out var one) || !after.TryGetValue(name, out var other) || !JsonElement.DeepEquals(one, other))
            .ToHashSet(StringComparer.Ordinal);
    }

    public static bool MayReadAnyOf(StepDefinition step, IReadOnlySet<string> names) =>
        names.Count > 0
        && step.Cases.Select(each => each.When)
            .Append(step.With)
            .Append(step.When)
            .Any(part => part.ValueKind != JsonValueKind.Undefined && MayReadAnyOf(part.GetRawText(), names));

    private static bool MayReadAnyOf(string text, IReadOnlySet<string> names)
    {
        if (Array.Exists(Unnamed, edge => text.Contains(edge, StringComparison.Ordinal)))
        {
            return true;
        }

        for (var at = text.IndexOf(Vars, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Vars, at + 1, StringComparison.Ordinal))
        {
            if (NameAfter(text.AsSpan(at + Vars.Length)) is not { } name || names.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The member in <c>.name</c>; null where it is written in any other way, or all of them are meant.</summary>
    private static string? NameAfter(ReadOnlySpan<char> rest)
    {
        if (rest is not ['.', .. var name])
        {
            return null;
        }

        var length = 0;
        while (length < name.Length && (char.IsLetterOrDigit(name[length]) || name[length] == '_'))
        {
            length++;
        }

        return length == 0 ? null : name[..length].ToString();
    }

    private static Dictionary<string, JsonElement> ValuesOf(JsonElement vars) =>
        vars.ValueKind == JsonValueKind.Object ? vars.EnumerateObject().ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal) : [];
}
