using System.Text.Json;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary>
/// A chain of constant names that starts at the model. It is read in the model's JSON, without making objects of what lies
/// on the way; what several chains share is read once a rendering.
/// </summary>
internal sealed class ModelPath(ModelPath? parent, MemberName name)
{
    private const int NoSlot = -1;

    private int _slot = NoSlot;
    private readonly string _root = parent is null ? name.Text : parent._root;

    public string[] Names => parent is null ? [name.Text] : [.. parent.Names, name.Text];

    /// <summary>Has what is read here kept for the paths that go on from it; false when it already is.</summary>
    public bool Keep(int slot)
    {
        if (_slot != NoSlot)
        {
            return false;
        }

        _slot = slot;
        return true;
    }

    /// <summary>False when the chain leads elsewhere, or through something that is no object: the caller then reads step by step.</summary>
    public bool TryRead(RenderState state, out JsonElement value)
    {
        if (state.Names.CanReadModel(_root))
        {
            return TryResolve(state, out value);
        }

        value = default;
        return false;
    }

    private bool TryResolve(RenderState state, out JsonElement value)
    {
        if (_slot == NoSlot)
        {
            return TryReadMember(state, out value);
        }

        ref var read = ref state.Slot(_slot);
        if (read.ValueKind == JsonValueKind.Undefined && !TryReadMember(state, out read))
        {
            value = default;
            return false;
        }

        value = read;
        return true;
    }

    private bool TryReadMember(RenderState state, out JsonElement value)
    {
        value = state.Model;
        return (parent is null || parent.TryResolve(state, out value)) && JsonReading.TryGetMember(value, name, out value);
    }
}
