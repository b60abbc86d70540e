using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Engine.Writing;
using Hub.Routing.Graph;
using Hub.Routing.Templates;
using Hub.Routing.Workflows;

namespace Hub.Engine.Steps;

/// <summary><c>if</c> and <c>switch</c>: takes a port and records why.</summary>
internal sealed class BranchStep(string type, TemplateOptions templates) : IFlowStep
{
    public string Type => type;

    public StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope)
    {
        var decision = BranchDecision.Decide(step, scope.RunContext, templates);
        if (decision.Error is not null)
        {
            var pointer = step.Pointer + decision.Pointer;
            return new Failed(new ConnectorError("condition_failed", $"{PlaceText.Of(pointer)}: {decision.Error}", Retryable: false) { Pointer = pointer });
        }

        var why = ThreadWriter.WriteText(decision.WriteWhy);
        var output = ThreadWriter.WriteText(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("port", decision.Port);
            writer.WriteEndObject();
        });
        return new Succeeded(output, decision.Port, why);
    }
}
