using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions.Operators;
using Hub.Routing.JsonPath;
using Hub.Routing.Patterns;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary>Compiles conditions and tells every error in them.</summary>
internal sealed class ConditionReader
{
    public const int Depth = 32;

    private const int ErrorLimit = 200;

    private static readonly string[] Forms = ["all", "any", "not", "path"];
    private static readonly string[] ComparisonNames = ["path", "op", "value", "ignoreCase"];

    public List<ConditionError> Errors { get; } = [];

    public ConditionNode? Read(JsonElement element, string pointer, int depth)
    {
        if (depth > Depth)
        {
            return Refuse(
                ConditionErrorKind.TooMany,
                pointer,
                $"Conditions are nested more than {Depth} deep.",
                "Flatten the condition or split it over several steps."
            );
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return Refuse(
                ConditionErrorKind.WrongType,
                pointer,
                "A condition is an object.",
                "Write { \"path\": ..., \"op\": ..., \"value\": ... }, or all, any or not."
            );
        }

        var form = Array.Find(Forms, name => element.TryGetProperty(name, out _));
        if (form is null)
        {
            return Refuse(
                ConditionErrorKind.MissingProperty,
                pointer,
                "The condition has none of path, all, any and not.",
                "Write { \"path\": \"$.trigger.body.x\", \"op\": \"equals\", \"value\": 1 }, or all, any or not."
            );
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
            Refuse(ConditionErrorKind.WrongType, pointer, $"'{form}' is an array of at least one condition.", $"Write \"{form}\": [ {{ ... }}, {{ ... }} ].");
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
        var path = ReadPath(element.GetProperty("path"), pointer + "/path");
        var ignoreCase = ReadIgnoreCase(element, pointer);
        if (ReadOperator(element, pointer) is not { } @operator)
        {
            return null;
        }

        if (ignoreCase && !@operator.MayIgnoreCase)
        {
            Refuse(ConditionErrorKind.Invalid, pointer + "/ignoreCase", $"'{@operator.Name}' does not look at letters.", "Leave ignoreCase out.");
        }

        var value = ReadValue(element, @operator, pointer, ignoreCase, out var prepared);
        return path is null ? null : new ComparisonNode(path, @operator, value, ignoreCase, prepared);
    }

    private ConditionOperator? ReadOperator(JsonElement element, string pointer)
    {
        if (!element.TryGetProperty("op", out var op))
        {
            Refuse(ConditionErrorKind.MissingProperty, pointer, "The condition has no 'op'.", $"Add \"op\", one of {OperatorNames}.");
            return null;
        }

        if (op.ValueKind == JsonValueKind.String && ConditionOperators.Find(JsonText.Read(op)) is { } found)
        {
            return found;
        }

        if (op.ValueKind != JsonValueKind.String)
        {
            Refuse(ConditionErrorKind.WrongType, pointer + "/op", "'op' is a text.", $"Write one of {OperatorNames}.");
            return null;
        }

        var name = JsonText.Read(op);
        Refuse(
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
            Refuse(ConditionErrorKind.WrongType, pointer + "/ignoreCase", "'ignoreCase' is true or false.", "Write true or false without quotes.");
        }

        return flag.ValueKind == JsonValueKind.True;
    }

    private Operand? ReadValue(JsonElement element, ConditionOperator @operator, string pointer, bool ignoreCase, out object? prepared)
    {
        prepared = null;
        var given = element.TryGetProperty("value", out var value);
        if (given != @operator.TakesValue)
        {
            Refuse(
                given ? ConditionErrorKind.UnknownProperty : ConditionErrorKind.MissingProperty,
                given ? pointer + "/value" : pointer,
                given ? $"'{@operator.Name}' takes no value." : $"'{@operator.Name}' needs a value.",
                given ? "Leave the value out; for the opposite put the condition into \"not\"." : "Add \"value\"."
            );
            return null;
        }

        if (!given)
        {
            return null;
        }

        pointer += "/value";
        var isQuery = Operand.IsQuery(value);
        if (@operator.ValueIsFixed && isQuery)
        {
            Refuse(
                ConditionErrorKind.Invalid,
                pointer,
                $"The value of '{@operator.Name}' is compiled with the workflow and cannot be a path.",
                "Write the value itself."
            );
            return null;
        }

        if (isQuery)
        {
            return ReadPath(value.GetProperty(Operand.PathKey), pointer + "/$path");
        }

        if (Operand.IsTemplate(value) && !@operator.ValueIsFixed)
        {
            return ReadTemplate(JsonText.Read(value), pointer);
        }

        if (@operator.CheckValue(value) is { } wanted)
        {
            Refuse(ConditionErrorKind.Invalid, pointer, $"The value of '{@operator.Name}' must be {wanted}.", $"Write {wanted}.");
            return null;
        }

        return Prepare(@operator, value, ignoreCase, pointer, out prepared) ? new Operand.Literal(value) : null;
    }

    private bool Prepare(ConditionOperator @operator, JsonElement value, bool ignoreCase, string pointer, out object? prepared)
    {
        try
        {
            prepared = @operator.Prepare(value, ignoreCase);
            return true;
        }
        catch (PatternException e)
        {
            prepared = null;
            Refuse(ConditionErrorKind.RegexInvalid, pointer, $"The regular expression is not usable: {e.Message}", TextPattern.Remedy);
            return false;
        }
    }

    private Operand.Query? ReadPath(JsonElement path, string pointer)
    {
        if (path.ValueKind != JsonValueKind.String)
        {
            Refuse(ConditionErrorKind.WrongType, pointer, "A path is a text.", "Write a JSONPath such as \"$.trigger.body.priority\".");
            return null;
        }

        if (JsonPathQuery.TryParse(JsonText.Read(path), out var query, out var error))
        {
            return new Operand.Query(query);
        }

        Refuse(
            ConditionErrorKind.PathInvalid,
            pointer,
            $"The path is not valid at character {error.Position + 1}: {error.Problem}",
            "Correct the path; it is JSONPath (RFC 9535) and starts with $."
        );
        return null;
    }

    private Operand.Text? ReadTemplate(string text, string pointer)
    {
        if (Template.TryParse(text, out var template, out var error))
        {
            return new Operand.Text(template);
        }

        Refuse(
            ConditionErrorKind.TemplateInvalid,
            pointer,
            $"The template is not valid in line {error.Line}, column {error.Column}: {error.Message}",
            "Correct the template between {{ and }}."
        );
        return null;
    }

    private void RefuseOthers(JsonElement element, string pointer, string[] known)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonText.ReadName(member);
            if (!known.Contains(name) && Errors.Count < ErrorLimit)
            {
                Refuse(
                    ConditionErrorKind.UnknownProperty,
                    $"{pointer}/{PointerText.Escape(name)}",
                    $"A condition with '{known[0]}' has no '{NearestName.Shorten(name)}'.",
                    NearestName.Advise(name, known)
                );
            }
        }
    }

    private static string OperatorNames => string.Join(", ", ConditionOperators.All.Select(each => each.Name));

    private ConditionNode? Refuse(ConditionErrorKind kind, string pointer, string message, string remedy)
    {
        if (Errors.Count < ErrorLimit)
        {
            Errors.Add(new ConditionError(kind, pointer, message, remedy));
        }

        return null;
    }
}
