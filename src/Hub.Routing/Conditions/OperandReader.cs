using System.Text.Json;
using Hub.Routing.Conditions.Operators;
using Hub.Routing.JsonPath;
using Hub.Routing.Patterns;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary>Compiles what a comparison compares: paths, templates and values.</summary>
internal sealed class OperandReader(ConditionErrors errors)
{
    /// <param name="prepared">What the operator made of a value that is fixed.</param>
    public Operand? ReadValue(JsonElement element, ConditionOperator @operator, string pointer, bool ignoreCase, out object? prepared)
    {
        prepared = null;
        var given = element.TryGetProperty("value", out var value);
        if (given != @operator.TakesValue)
        {
            errors.Add(
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
            errors.Add(
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
            errors.Add(ConditionErrorKind.Invalid, pointer, $"The value of '{@operator.Name}' must be {wanted}.", $"Write {wanted}.");
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
            errors.Add(ConditionErrorKind.RegexInvalid, pointer, $"The regular expression is not usable: {e.Message}", TextPattern.Remedy);
            return false;
        }
    }

    public Operand.Query? ReadPath(JsonElement path, string pointer)
    {
        if (path.ValueKind != JsonValueKind.String)
        {
            errors.Add(ConditionErrorKind.WrongType, pointer, "A path is a text.", "Write a JSONPath such as \"$.trigger.body.priority\".");
            return null;
        }

        if (JsonPathQuery.TryParse(JsonText.Read(path), out var query, out var error))
        {
            return new Operand.Query(query);
        }

        errors.Add(
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

        errors.Add(
            ConditionErrorKind.TemplateInvalid,
            pointer,
            $"The template is not valid in line {error.Line}, column {error.Column}: {error.Message}",
            "Correct the template between {{ and }}."
        );
        return null;
    }
}
