using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Routing.Graph;

namespace Hub.Engine.Steps;

/// <summary><c>stop</c>: ends the execution, well or as failed.</summary>
internal sealed class StopStep : IFlowStep
{
    public string Type => "stop";

    public StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope)
    {
        var reason = InputText.Get(input, "reason");
        return new Stopped(
            reason,
            InputText.Get(input, "outcome") == "failed"
                ? new ConnectorError("stopped", reason ?? $"The step '{step.Definition.Id}' stopped the execution as failed.", Retryable: false)
                : null
        );
    }
}
