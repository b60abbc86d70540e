using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions.Operators;

namespace Hub.Routing.Conditions;

/// <summary>Compiles conditions and tells every error in them.</summary>
internal sealed class ConditionReader
{
    public const int Depth = 32;

    private static readonly string[] Forms = ["all", "any", "not", "path"];
    private static readonly string[] ComparisonNames = ["path", "op", "value", "ignoreCase"];

    private readonly OperandReader _operands;

    public ConditionReader() => _operands = new(Errors);

    public ConditionErrors Errors { get; } = new();

    public ConditionNode? Read(JsonElement element, string pointer, int depth)
    {
        if (depth > Depth)
        {
            Errors.Add(
                ConditionErrorKind.TooMany,
                pointer,
                $"Conditions are nested more than {Depth} deep.",
                "Flatten the condition or split it over several steps."
            );
            return null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            Errors.Add(
                ConditionErrorKind.WrongType,
                pointer,
                "A condition is an object.",
                "Write { \"path\": ..., \"op\": ..., \"value\": ... }, or all, any or not."
            );
            return null;
        }

        var form = Array.Find(Forms, name => element.TryGetProperty(name, out _));
        if (form is null)
        {
            Errors.Add(
                ConditionErrorKind.MissingProperty,
                pointer,
                "The condition has none of path, all, any and not.",
                "Write { \"path\": \"$.trigger.body.x\", \"op\": \"equals\", \"value\": 1 }, or all, any or not."
            );
            return null;
        }

        RefuseOthers(element, pointer, form == "path" ? ComparisonNames : [form]);
        return form switch
        {
            "path" => ReadComparison(element, pointer),
            "not" => Read(element.GetProperty("not"), pointer + "/not", depth + 1) is { } part ? new NotNode(part) : null,
            _ => ReadGroup(element.GetProperty(form), form, $"{pointer}/{form}", depth),
        };
    }

    private GroupNode? ReadGroup(JsonElement parts, string form, string pointer, int depth)
    {
        if (parts.ValueKind != JsonValueKind.Array || parts.GetArrayLength() == 0)
        {
            Errors.Add(
                ConditionErrorKind.WrongType,
                pointer,
                $"'{form}' is an array of at least one condition.",
                $"Write \"{form}\": [ {{ ... }}, {{ ... }} ]."
            );
            return null;
        }

        var nodes = new List<ConditionNode>();
        foreach (var (index, part) in parts.EnumerateArray().Index())
        {
            if (Read(part, $"{pointer}/{index}", depth + 1) is { } node)
            {
                nodes.Add(node);
            }
        }

        return new GroupNode(form == "all", nodes);
    }

    private ComparisonNode? ReadComparison(JsonElement element, string pointer)
    {
        var path = _operands.ReadPath(element.GetProperty("path"), pointer + "/path");
        var ignoreCase = ReadIgnoreCase(element, pointer);
        if (ReadOperator(element, pointer) is not { } @operator)
        {
            return null;
        }

        if (ignoreCase && !@operator.MayIgnoreCase)
        {
            Errors.Add(ConditionErrorKind.Invalid, pointer + "/ignoreCase", $"'{@operator.Name}' does not look at letters.", "Leave ignoreCase out.");
        }

        var value = _operands.ReadValue(element, @operator, pointer, ignoreCase, out var prepared);
        return path is null ? null : new ComparisonNode(path, @operator, value, ignoreCase, prepared);
    }

    private ConditionOperator? ReadOperator(JsonElement element, string pointer)
    {
        if (!element.TryGetProperty("op", out var op))
        {
            Errors.Add(ConditionErrorKind.MissingProperty, pointer, "The condition has no 'op'.", $"Add \"op\", one of {OperatorNames}.");
            return null;
        }

        if (op.ValueKind == JsonValueKind.String && ConditionOperators.Find(JsonText.Read(op)) is { } found)
        {
            return found;
        }

        if (op.ValueKind != JsonValueKind.String)
        {
            Errors.Add(ConditionErrorKind.WrongType, pointer + "/op", "'op' is a text.", $"Write one of {OperatorNames}.");
            return null;
        }

        var name = JsonText.Read(op);
        Errors.Add(
            ConditionErrorKind.UnknownOperator,
            pointer + "/op",
            $"There is no operator '{NearestName.Shorten(name)}'.",
            NearestName.Advise(name, ConditionOperators.All.Select(each => each.Name))
        );
        return null;
    }

    private bool ReadIgnoreCase(JsonElement element, string pointer)
    {
        if (element.TryGetProperty("ignoreCase", out var flag) && flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Errors.Add(ConditionErrorKind.WrongType, pointer + "/ignoreCase", "'ignoreCase' is true or false.", "Write true or false without quotes.");
        }

        return flag.ValueKind == JsonValueKind.True;
    }

    private void RefuseOthers(JsonElement element, string pointer, string[] known)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.ReadName(member);
            if (!known.Contains(name) && !Errors.AreEnough)
            {
                Errors.Add(
                    ConditionErrorKind.UnknownProperty,
                    $"{pointer}/{PointerText.Escape(name)}",
                    $"A condition with '{known[0]}' has no '{NearestName.Shorten(name)}'.",
                    NearestName.Advise(name, known)
                );
            }
        }
    }

    private static string OperatorNames => string.Join(", ", ConditionOperators.All.Select(each => each.Name));
}
