using System.Diagnostics.CodeAnalysis;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>An object of the template: named members in order of creation.</summary>
internal class ObjectValue
{
    private HashSet<string>? _readOnly;

    protected Dictionary<string, object?>? Own { get; set; }

    public virtual int Count => Own?.Count ?? 0;

    public virtual IEnumerable<KeyValuePair<string, object?>> Members => Own ?? Enumerable.Empty<KeyValuePair<string, object?>>();

    public virtual bool TryGet(string name, out object? value)
    {
        if (Own is not null)
        {
            return Own.TryGetValue(name, out value);
        }

        value = null;
        return false;
    }

    public virtual bool TryGet(MemberName name, out object? value) => TryGet(name.Text, out value);

    public virtual bool CanWrite(string name) => _readOnly is null || !_readOnly.Contains(name);

    /// <summary>False when the member is read-only.</summary>
    public virtual bool TrySet(RenderState state, string name, object? value)
    {
        if (!CanWrite(name))
        {
            return false;
        }

        state.ChargeElements(1);
        Set(name, value);
        return true;
    }

    /// <summary>Sets a member without asking whether it may be written.</summary>
    public void Set(string name, object? value) => (Own ??= new(StringComparer.Ordinal))[name] = value;

    public virtual void MakeReadOnly(string name)
    {
        if (TryGet(name, out _))
        {
            (_readOnly ??= new(StringComparer.Ordinal)).Add(name);
        }
    }

    public static ObjectValue Pair(string key, object? value)
    {
        var pair = new ObjectValue();
        pair.Set("key", key);
        pair.Set("value", value);
        return pair;
    }

    [SuppressMessage("Design", "MA0016", Justification = "Internal.")]
    protected Dictionary<string, object?> Materialized() => Own ??= new(StringComparer.Ordinal);
}
