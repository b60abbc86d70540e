using System.Globalization;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>A named set of functions, such as <c>string</c>. Shared by all renderings, so nothing in it can be assigned.</summary>
internal class BuiltinGroup : ObjectValue
{
    /// <summary>What calling the group itself does; null when it cannot be called.</summary>
    public Function? AsFunction { get; init; }

    /// <summary>Adds a function by its signature, such as <c>slice(text text, int start, int? length = null)</c>.</summary>
    public BuiltinGroup Add(string signature, FunctionBody body, Escaping escaping = Escaping.Usual)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        Set(signature[..open], Function(signature, body, escaping));
        return this;
    }

    public static BuiltinFunction Function(string signature, FunctionBody body, Escaping escaping = Escaping.Usual)
    {
        var open = signature.IndexOf('(', StringComparison.Ordinal);
        var parameters = signature[(open + 1)..^1].Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(ParameterOf);
        return new BuiltinFunction([.. parameters], body, escaping);
    }

    public override bool CanWrite(string name) => false;

    public override bool TrySet(RenderState state, string name, object? value) => false;

    public override void MakeReadOnly(string name) { }

    private static Parameter ParameterOf(string text)
    {
        var parts = text.Split(' ');
        var kind = parts[0] switch
        {
            "text" => ParameterKind.Text,
            "int" => ParameterKind.Integer,
            "int?" => ParameterKind.OptionalInteger,
            "number" => ParameterKind.Number,
            "bool" => ParameterKind.Boolean,
            "list" => ParameterKind.List,
            "object" => ParameterKind.Object,
            "date" => ParameterKind.Date,
            "date?" => ParameterKind.OptionalDate,
            "any" => ParameterKind.Any,
            "plain" => ParameterKind.Plain,
            _ => throw new ArgumentException($"No kind of parameter: {text}", nameof(text)),
        };
        return parts.Length == 2
            ? new Parameter(parts[1], kind)
            : new Parameter(
                parts[1],
                kind,
                HasDefault: true,
                parts[3] switch
                {
                    "null" => null,
                    "false" => Boxes.False,
                    var number => int.Parse(number, CultureInfo.InvariantCulture),
                }
            );
    }
}
