using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>[a, b]</c></summary>
internal sealed class ArrayInitializer(List<Expression> items) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        state.ChargeElements(items.Count);
        var values = new List<object?>(items.Count);
        foreach (var item in items)
        {
            values.Add(item.Evaluate(state));
        }

        return new ArrayValue(values);
    }

    public override void Collect(ReferenceCollector collector) => items.ForEach(i => i.Collect(collector));
}

/// <summary><c>{name: a, "name": b}</c>; the members before are in scope of those after.</summary>
internal sealed class ObjectInitializer(List<(string Name, Expression Value)> members) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        var made = new ObjectValue();
        state.Names.PushWith(made, newLocals: false);
        foreach (var (name, value) in members)
        {
            made.TrySet(state, name, value.Evaluate(state));
        }

        state.Names.PopWith(newLocals: false);
        return made;
    }

    public override void Collect(ReferenceCollector collector)
    {
        collector.Hide(members.Select(m => m.Name));
        members.ForEach(m => m.Value.Collect(collector));
        collector.Show(members.Select(m => m.Name));
    }
}

/// <summary><c>$"text {expression}"</c></summary>
internal sealed class InterpolatedString(List<Expression> parts) : Expression
{
    public override object? Evaluate(RenderState state)
    {
        var frame = state.Calls.StartPipes();
        var text = new TextBuffer(64);
        try
        {
            foreach (var part in parts)
            {
                text.Append(Formatting.ToText(state, part.Evaluate(state)));
                if (text.Length > state.Limits.StringLength)
                {
                    throw state.Reached(nameof(TemplateLimits.StringLength), state.Limits.StringLength);
                }
            }

            state.ChargeText(text.Length);
            return text.Text.ToString();
        }
        finally
        {
            text.Release();
            state.Calls.EndPipes(frame);
        }
    }

    public override void Collect(ReferenceCollector collector) => parts.ForEach(p => p.Collect(collector));
}
