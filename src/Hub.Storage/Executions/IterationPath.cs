using System.Globalization;

namespace Hub.Storage.Executions;

/// <summary>
/// Which item of which step an execution is, from the outermost to the innermost: <c>orders.4/lines.0</c>. Null stands for an execution that is no item.
/// </summary>
public static class IterationPath
{
    /// <summary>The path of an item of a step of an execution that has a path itself, or none.</summary>
    public static string Of(string? outer, string step, int index)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{step}.{index}");
        return outer is null ? own : $"{outer}/{own}";
    }
}
