using System.Text.Json;
using Hub.Routing.Graph;

namespace Hub.Engine.Steps;

/// <summary><c>set</c>: its output is its rendered input.</summary>
internal sealed class SetStep : IFlowStep
{
    public string Type => "set";

    public StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope) => new Succeeded(scope.InputText ?? input.GetRawText());
}
