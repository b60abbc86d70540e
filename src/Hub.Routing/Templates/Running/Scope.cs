using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>Where global names are looked up: an object (root, <c>with</c>, a function's parameters) and the loops entered above it.</summary>
internal sealed class Scope(ObjectValue? names, bool hidesOuter = false)
{
    /// <summary>The names; null for a function without parameters.</summary>
    public ObjectValue? Names { get; } = names;

    /// <summary>Whether the scopes of calling functions are out of sight.</summary>
    public bool HidesOuter { get; } = hidesOuter;

    public List<LoopFrame>? Loops { get; set; }
}
