using System.Text.Json;
using Hub.Routing.Workflows.Inputs;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class InputsCompileRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, FaultList faults)
    {
        var compiler = new InputCompiler(faults);
        foreach (var step in draft.Steps)
        {
            Check(step.Definition.With, step.Place["with"], step.Description);
        }

        Check(
            draft.ErrorPolicy.Fallback?.With ?? default,
            WorkflowDraft.FallbackPlace["with"],
            draft.Describe(draft.ErrorPolicy.Fallback?.Type ?? string.Empty)
        );

        void Check(JsonElement with, JsonPlace place, StepTypeDescription? type)
        {
            if (with.ValueKind == JsonValueKind.Object && !faults.IsFull)
            {
                compiler.Compile(with, place, type);
            }
        }
    }
}
