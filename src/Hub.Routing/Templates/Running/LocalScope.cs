namespace Hub.Routing.Templates.Running;

/// <summary>The <c>$</c> variables of one function call, and the loops entered in it.</summary>
internal sealed class LocalScope(LocalScope? outer)
{
    private HashSet<string>? _readOnly;

    public LocalScope? Outer { get; } = outer;

    public Dictionary<string, object?>? Names { get; private set; }

    public List<LoopFrame>? Loops { get; set; }

    public bool TrySet(string name, object? value)
    {
        if (_readOnly is not null && _readOnly.Contains(name))
        {
            return false;
        }

        (Names ??= new(StringComparer.Ordinal))[name] = value;
        return true;
    }

    public void MakeReadOnly(string name) => (_readOnly ??= new(StringComparer.Ordinal)).Add(name);
}
