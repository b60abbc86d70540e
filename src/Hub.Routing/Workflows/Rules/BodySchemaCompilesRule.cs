using System.Text.Json;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>The schema of a trigger is one of the subset, so that nothing in it goes unchecked.</summary>
internal sealed class BodySchemaCompilesRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        if (draft.BodySchema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        _ = PayloadSchema.Parse(draft.BodySchema, out var flaws);
        foreach (var flaw in flaws)
        {
            errors.Error(ErrorCodes.BodySchemaInvalid, WorkflowDraft.TriggerPlace["schema"].Append(flaw.Pointer), flaw.Message, flaw.Remedy);
        }
    }
}
