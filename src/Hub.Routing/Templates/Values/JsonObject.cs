using System.Text.Json;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>A JSON object of the model: members are read one by one, and copied only when the template walks or changes it.</summary>
internal sealed class JsonObject(RenderState state, JsonElement source) : ObjectValue
{
    // Objects and arrays handed out, so that the same member is the same value and keeps what is assigned to it.
    private Dictionary<string, object?>? _handedOut;

    /// <summary>The JSON object, while nothing in it was handed out or changed.</summary>
    public JsonElement? Untouched => Own is null && _handedOut is null ? source : null;

    public override int Count => Copied().Count;

    public override IEnumerable<KeyValuePair<string, object?>> Members => Copied();

    public bool HasHandedOut(string name) => Own is not null || (_handedOut is not null && _handedOut.ContainsKey(name));

    public override bool TryGet(string name, out object? value) => TryGet(new MemberName(name), out value);

    public override bool TryGet(MemberName name, out object? value)
    {
        if (Own is not null)
        {
            return Own.TryGetValue(name.Text, out value);
        }

        if (_handedOut is not null && _handedOut.TryGetValue(name.Text, out value))
        {
            return true;
        }

        if (!JsonReading.TryGetMember(source, name, out var member))
        {
            value = null;
            return false;
        }

        value = JsonReading.ToValue(state, member);
        if (value is ObjectValue or ListValue)
        {
            (_handedOut ??= new(StringComparer.Ordinal))[name.Text] = value;
        }

        return true;
    }

    public override bool TrySet(RenderState state, string name, object? value)
    {
        Copied();
        return base.TrySet(state, name, value);
    }

    private Dictionary<string, object?> Copied()
    {
        if (Own is not null)
        {
            return Own;
        }

        var own = Materialized();
        foreach (var member in source.EnumerateObject())
        {
            state.ChargeElements(1);
            var name = JsonReading.NameOf(member);
            own[name] = _handedOut is not null && _handedOut.TryGetValue(name, out var known) ? known : JsonReading.ToValue(state, member.Value);
        }

        _handedOut = null;
        return own;
    }
}
