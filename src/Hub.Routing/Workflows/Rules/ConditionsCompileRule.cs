using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class ConditionsCompileRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        Check(draft.Filter, WorkflowDraft.FilterPlace, errors);
        foreach (var step in draft.Steps)
        {
            Check(step.Definition.When, step.Place["when"], errors);
            foreach (var (index, each) in step.Definition.Cases.Index())
            {
                Check(each.When, step.Place["cases"][index]["when"], errors);
            }
        }
    }

    private static void Check(JsonElement condition, JsonPlace place, ErrorList errors)
    {
        if (condition.ValueKind == JsonValueKind.Undefined || errors.IsFull)
        {
            return;
        }

        _ = Condition.Parse(condition, out var found);
        foreach (var error in found)
        {
            errors.Error(CodeOf(error.Kind), place.Append(error.Pointer), error.Message, error.Remedy);
        }
    }

    private static string CodeOf(ConditionErrorKind kind) =>
        kind switch
        {
            ConditionErrorKind.WrongType => ErrorCodes.WrongType,
            ConditionErrorKind.UnknownProperty => ErrorCodes.UnknownProperty,
            ConditionErrorKind.MissingProperty => ErrorCodes.MissingProperty,
            ConditionErrorKind.UnknownOperator => ErrorCodes.OperatorUnknown,
            ConditionErrorKind.PathInvalid => ErrorCodes.PathInvalid,
            ConditionErrorKind.TemplateInvalid => ErrorCodes.TemplateInvalid,
            ConditionErrorKind.RegexInvalid => ErrorCodes.RegexInvalid,
            ConditionErrorKind.TooMany => ErrorCodes.TooMany,
            _ => ErrorCodes.ConditionInvalid,
        };
}
