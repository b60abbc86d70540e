using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class ConditionsCompileRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        Check(draft.Filter, WorkflowDraft.FilterPlace, faults);
        foreach (var step in draft.Steps)
        {
            Check(step.Definition.When, step.Place["when"], faults);
            foreach (var (index, each) in step.Definition.Cases.Index())
            {
                Check(each.When, step.Place["cases"][index]["when"], faults);
            }
        }
    }

    private static void Check(JsonElement condition, JsonPlace place, FaultList faults)
    {
        if (condition.ValueKind == JsonValueKind.Undefined || faults.IsFull)
        {
            return;
        }

        _ = Condition.Parse(condition, out var found);
        foreach (var fault in found)
        {
            faults.Error(CodeOf(fault.Kind), place.Append(fault.Pointer), fault.Message, fault.Remedy);
        }
    }

    private static string CodeOf(ConditionFaultKind kind) =>
        kind switch
        {
            ConditionFaultKind.WrongType => FaultCodes.WrongType,
            ConditionFaultKind.UnknownProperty => FaultCodes.UnknownProperty,
            ConditionFaultKind.MissingProperty => FaultCodes.MissingProperty,
            ConditionFaultKind.UnknownOperator => FaultCodes.OperatorUnknown,
            ConditionFaultKind.PathInvalid => FaultCodes.PathInvalid,
            ConditionFaultKind.TemplateInvalid => FaultCodes.TemplateInvalid,
            ConditionFaultKind.RegexInvalid => FaultCodes.RegexInvalid,
            ConditionFaultKind.TooMany => FaultCodes.TooMany,
            _ => FaultCodes.ConditionInvalid,
        };
}
