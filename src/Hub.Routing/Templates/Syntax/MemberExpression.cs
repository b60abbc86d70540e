using System.Text.Json;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>target.name</c> or <c>target?.name</c></summary>
internal sealed class MemberExpression(Expression target, MemberName name, int nameStart, bool isOptional, ModelPath? path) : PathExpression
{
    public Expression Target { get; } = target;

    public MemberName Name { get; } = name;

    /// <summary>The path into the model; null when the chain starts elsewhere or is not constant.</summary>
    public ModelPath? Path { get; } = path;

    public override bool IsPlainChain => Path is not null && !IsOptional && Target is PathExpression { IsPlainChain: true };

    /// <summary>Whether it is written with <c>?.</c>, which says that the target may be absent; inherited along the chain.</summary>
    public bool IsOptional { get; } = isOptional;

    public override object? Read(RenderState state)
    {
        if (
            ((Path is not null && Path.TryRead(state, out var member)) || TryReadElement(state, out member))
            && member.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        )
        {
            return JsonReading.ToValue(state, member);
        }

        return Get(state, Target.EvaluateAsTarget(state));
    }

    public override void Assign(RenderState state, object? value)
    {
        var owner = Target.EvaluateAsTarget(state) ?? throw state.Error(nameStart, $"Cannot set the member {Name.Text} of a null object.");
        if (!Members.TrySet(state, owner, Name.Text, value))
        {
            throw state.Error(nameStart, $"Cannot set a value for the readonly member: {Name.Text}");
        }
    }

    public override void Write(RenderState state)
    {
        if (Path is not null && Path.TryRead(state, out var member))
        {
            if (!state.Output.TryWriteJson(member))
            {
                base.Write(state);
            }

            return;
        }

        // The same of the item of a loop, and of an object that a variable holds.
        if (TryReadElement(state, out member))
        {
            if (state.Output.TryWriteJson(member))
            {
                return;
            }

            if (member.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            {
                Write(state, JsonReading.ToValue(state, member));
                return;
            }
        }

        var owner = Target.EvaluateAsTarget(state);
        if (owner is JsonObject { Untouched: { } source } && JsonReading.TryGetMember(source, Name, out member) && state.Output.TryWriteJson(member))
        {
            return;
        }

        var value = Get(state, owner);
        Write(state, value is Functions.Function function ? state.Calls.Call(function, this, [], piped: true) : value);
    }

    public override bool TryReadElement(RenderState state, out JsonElement element)
    {
        if (Target.TryReadElement(state, out var owner))
        {
            return JsonReading.TryGetMember(owner, Name, out element);
        }

        element = default;
        return false;
    }

    public override void Collect(ReferenceCollector collector)
    {
        if (Path is not null)
        {
            collector.Add(Path.Names, Start);
        }
        else
        {
            if (Target is GlobalVariable group)
            {
                collector.AddMember(group.Name.Text, Name.Text, Start);
            }

            Target.Collect(collector);
        }
    }

    /// <summary>A member of nothing is nothing, but for what only a loop has.</summary>
    private object? Get(RenderState state, object? owner) =>
        owner is not null ? Members.Get(owner, Name)
        : !IsOptional && Target is GlobalVariable { Name.Text: "for" or "while" or "tablerow" } loop
            ? throw state.Error(nameStart, $"'{loop.Name.Text}.{Name.Text}' is read outside of a loop")
        : null;
}
