using System.Text.Json;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>The outermost object: what the template assigned, and beneath it the model.</summary>
internal sealed class RootObject(RenderState state, JsonElement model) : ObjectValue
{
    private readonly bool _hasModel = model.ValueKind == JsonValueKind.Object;
    private JsonObject? _model;

    /// <summary>The model as an object, made when first asked for; null when it is none.</summary>
    public JsonObject? Model => _hasModel ? _model ??= new JsonObject(state, model) : null;

    /// <summary>Whether a name of the model stands for its JSON, of which no object was handed out.</summary>
    public bool IsUntouched(string name) => _hasModel && (_model is null || !_model.HasHandedOut(name));

    public override int Count => Members.Count();

    public override IEnumerable<KeyValuePair<string, object?>> Members =>
        Model is null ? base.Members : base.Members.Concat(Model.Members.Where(m => Own is null || !Own.ContainsKey(m.Key)));

    /// <summary>Whether the template assigned this name; such a name wins over built-ins, the model's names do not.</summary>
    public bool TryGetAssigned(string name, out object? value)
    {
        if (Own is not null)
        {
            return Own.TryGetValue(name, out value);
        }

        value = null;
        return false;
    }

    public override bool TryGet(string name, out object? value) => TryGetAssigned(name, out value) || (Model is not null && Model.TryGet(name, out value));

    public override bool TryGet(MemberName name, out object? value) =>
        TryGetAssigned(name.Text, out value) || (Model is not null && Model.TryGet(name, out value));
}
