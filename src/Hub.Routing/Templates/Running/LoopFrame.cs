namespace Hub.Routing.Templates.Running;

/// <summary>One running loop: its state under <c>for</c>, <c>tablerow</c> or <c>while</c>, and its variable.</summary>
internal sealed class LoopFrame(string stateName, LoopState state, string? variable, bool isLocal)
{
    public LoopState State { get; } = state;

    public object? Value { get; set; }

    public bool TryGetGlobal(string name, out object? value)
    {
        if (!isLocal && name == variable)
        {
            value = Value;
            return true;
        }

        value = State;
        return name == stateName;
    }

    public bool TryGetLocal(string name, out object? value)
    {
        value = Value;
        return isLocal && name == variable;
    }
}
