using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Conditions.Operators;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Workflows.Shapes;

namespace Hub.Routing.Workflows.Rules;

/// <summary>Comparisons can come out either way, and inputs can be what the step takes, by the types that are known.</summary>
internal sealed class TypesFitRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var comparison in draft.Comparisons.TakeWhile(_ => !errors.IsFull))
        {
            Check(comparison, draft.Context, errors);
        }

        foreach (var step in draft.Steps.TakeWhile(_ => !errors.IsFull))
        {
            if (step.Description is { } type && step.Definition.With.ValueKind == JsonValueKind.Object && !Operand.IsQuery(step.Definition.With))
            {
                CheckInputs(type, step.Definition.With, step.Place["with"], draft.Context, errors);
            }
        }
    }

    private static void Check(WrittenComparison comparison, ContextShape context, ErrorList errors)
    {
        if (comparison.Path.ValueKind != JsonValueKind.String || comparison.Op.ValueKind != JsonValueKind.String)
        {
            return;
        }

        var isLiteral = !Operand.IsTemplate(comparison.Value) && !Operand.IsQuery(comparison.Value);
        var @operator = ConditionOperators.Find(JsonText.Read(comparison.Op));
        if (
            @operator is null
            || (
                @operator.TakesValue
                && (comparison.Value.ValueKind == JsonValueKind.Undefined || (isLiteral && @operator.CheckValue(comparison.Value) is not null))
            )
        )
        {
            return;
        }

        var path = JsonText.Read(comparison.Path);
        var found = ShapeOf(ContextReads.WholeOfPath(path, comparison.Place["path"]), context);
        var value = isLiteral ? null : ShapeOf(ContextReads.WholeOf(comparison.Value, comparison.Place["value"]), context);
        if (OperandTypes.ErrorOf(@operator.Name, found, comparison.Value, value) is { } error)
        {
            errors.Warning(ErrorCodes.TypesDiffer, comparison.Place, $"'{NearestName.Shorten(path)}' {error.Problem}", error.Remedy);
        }
    }

    private static void CheckInputs(StepTypeDescription type, JsonElement with, JsonPlace place, ContextShape context, ErrorList errors)
    {
        foreach (var field in type.Fields)
        {
            if (!with.TryGetProperty(field.Name, out var value) || !(Operand.IsTemplate(value) || Operand.IsQuery(value)))
            {
                continue;
            }

            var wanted = TypesOf(field.Type);
            var given = ShapeOf(ContextReads.WholeOf(value, place[field.Name]), context).Types;
            if ((given & (field.Required ? wanted : wanted | JsonTypes.Null)) == JsonTypes.None)
            {
                errors.Warning(
                    ErrorCodes.TypesDiffer,
                    place[field.Name],
                    $"The input '{field.Name}' must be {JsonTypeNames.Describe(wanted)}, and this gives {JsonTypeNames.Describe(given)}.",
                    wanted == JsonTypes.String ? "Read a text, or put the value into one, as in \"{{ ... }}s\"." : $"Read {JsonTypeNames.Describe(wanted)}."
                );
            }
        }
    }

    private static Shape ShapeOf((ContextRead? Read, JsonTypes? Types) whole, ContextShape context) =>
        whole.Read is not null ? context.Find(whole.Read)
        : whole.Types is { } types ? new TypeShape(types)
        : Shape.Any;

    // What can stand for what the field takes is taken too: only what never can is worth a warning.
    private static JsonTypes TypesOf(FieldType type) =>
        type switch
        {
            FieldType.Text => JsonTypes.String | JsonTypes.Number | JsonTypes.Boolean,
            FieldType.Duration => JsonTypes.String,
            FieldType.Number => JsonTypes.Number | JsonTypes.String,
            FieldType.Boolean => JsonTypes.Boolean | JsonTypes.String,
            FieldType.Object => JsonTypes.Object,
            FieldType.Array => JsonTypes.Array,
            _ => JsonTypes.All,
        };
}
