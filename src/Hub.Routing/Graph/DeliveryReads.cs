namespace Hub.Routing.Graph;

/// <summary>Knows filters that read nothing of the run context but <c>trigger</c>.</summary>
internal static class DeliveryReads
{
    private const string Path = "$.trigger";
    private const string PathKey = "$path\"";

    private static readonly string[] Others = ["workflow", "vars", "this", "eval", "\\"];

    /// <summary>True only where the text leaves no doubt: it has no other name, and each of its paths begins with the delivery.</summary>
    /// <param name="filter">As JSON text.</param>
    public static bool IsAllThatIsReadBy(string filter)
    {
        foreach (var other in Others)
        {
            if (filter.Contains(other, StringComparison.Ordinal))
            {
                return false;
            }
        }

        for (var rest = filter.AsSpan(); rest.IndexOf('$') is >= 0 and var at; rest = rest[(at + 1)..])
        {
            if (!rest[at..].StartsWith(Path, StringComparison.Ordinal) && !rest[at..].StartsWith(PathKey, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
