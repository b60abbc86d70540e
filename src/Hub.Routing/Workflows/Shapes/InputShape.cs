using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>What inputs will be once rendered, as far as it can be told from how they are written.</summary>
internal sealed class InputShape : Shape
{
    private readonly JsonElement _inputs;
    private readonly Func<ContextRead, Shape> _read;

    private InputShape(JsonElement inputs, Func<ContextRead, Shape> read) => (_inputs, _read) = (inputs, read);

    public override JsonTypes Types => JsonTypeNames.Of(_inputs);

    public override IEnumerable<string> MemberNames => _inputs.ValueKind == JsonValueKind.Object ? _inputs.EnumerateObject().Select(JsonText.ReadName) : [];

    /// <param name="inputs">A part of <c>with</c>.</param>
    /// <param name="read">Gives the shape of what a whole input reads.</param>
    public static Shape Of(JsonElement inputs, Func<ContextRead, Shape> read)
    {
        if (!Operand.IsTemplate(inputs) && !Operand.IsQuery(inputs))
        {
            return new InputShape(inputs, read);
        }

        var whole = ContextReads.WholeOf(inputs, JsonPlace.Root);
        return whole.Read is null
            ? whole.Types is { } types
                ? new TypeShape(types)
                : Any
            : read(whole.Read);
    }

    public override Shape? Member(string name) =>
        _inputs.ValueKind == JsonValueKind.Object && _inputs.TryGetProperty(name, out var member) ? Of(member, _read) : null;
}
