namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>One step of the way from the root to a node: a member's name, or else an array index.</summary>
internal sealed record Location(Location? Parent, string? Name, int Index)
{
    public static Location Root { get; } = new(null, null, 0);
}
