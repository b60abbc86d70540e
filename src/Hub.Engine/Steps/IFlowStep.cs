using System.Text.Json;
using Hub.Routing.Graph;

namespace Hub.Engine.Steps;

/// <summary>A step type that the hub itself carries out at once, without calling anyone or resting (see <see cref="ISuspendingStep"/>).</summary>
public interface IFlowStep
{
    /// <summary>The step type in documents.</summary>
    string Type { get; }

    /// <param name="step">The step.</param>
    /// <param name="input">Its rendered <c>with</c>; an empty object when it has none.</param>
    /// <param name="scope">What it may read.</param>
    StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope);
}
