using System.Text.Json;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

internal abstract class Variable(string name) : PathExpression
{
    public MemberName Name { get; } = new(name);
}

/// <summary><c>name</c></summary>
internal sealed class GlobalVariable(string name, ModelPath? path) : Variable(name)
{
    /// <summary>The path into the model; null when a built-in has the name.</summary>
    public ModelPath? Path { get; } = path;

    public override bool IsPlainChain => Path is not null;

    public override object? Read(RenderState state) => state.Names.GetGlobal(Name);

    public override void Assign(RenderState state, object? value) => state.Names.SetGlobal(Start, Name.Text, value);

    public override void Write(RenderState state)
    {
        // A text or number of the model goes straight to the output.
        if (!((Path is not null && Path.TryRead(state, out var member)) || TryReadElement(state, out member)) || !state.Output.TryWriteJson(member))
        {
            base.Write(state);
        }
    }

    public override bool TryReadElement(RenderState state, out JsonElement element) => state.Names.TryGetLoopElement(Name.Text, out element);

    public override void Collect(ReferenceCollector collector) => collector.Add([Name.Text], Start);
}

/// <summary><c>$name</c>; <c>$</c> itself has an empty name and is the array of arguments.</summary>
internal sealed class LocalVariable(string name) : Variable(name)
{
    public override object? Read(RenderState state) => state.Names.GetLocal(Name.Text);

    public override void Assign(RenderState state, object? value) => state.Names.SetLocal(Start, Name.Text, value);

    public override void Collect(ReferenceCollector collector)
    {
        if (Name.Text.Length > 0)
        {
            collector.AddLocal(Name.Text, Start);
        }
    }
}

/// <summary><c>this</c></summary>
internal sealed class ThisExpression : PathExpression
{
    public override object? Read(RenderState state) => state.Names.CurrentObject;

    public override void Assign(RenderState state, object? value) => throw state.Error(Start, "Cannot set this variable");
}
