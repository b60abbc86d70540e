using System.Text.Json;
using Hub.Routing.Workflows.Inputs;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

internal sealed class InputsCompileRule : IWorkflowRule
{
    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        var compiler = new InputCompiler(errors);
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
            if (with.ValueKind == JsonValueKind.Object && !errors.IsFull)
            {
                compiler.Compile(with, place, type);
            }
        }
    }
}
