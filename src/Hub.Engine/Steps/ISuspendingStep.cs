using System.Text.Json;
using Hub.Routing.Graph;

namespace Hub.Engine.Steps;

/// <summary>
/// A step type that the hub itself carries out in two parts: it begins, rests as a row for what it says, and goes on. No thread is held meanwhile.
/// </summary>
public interface ISuspendingStep
{
    /// <summary>The step type in documents.</summary>
    string Type { get; }

    /// <summary>Begins: mostly gives <see cref="Suspended"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="input">Its rendered <c>with</c>; an empty object when it has none.</param>
    /// <param name="scope">What it may read.</param>
    StepOutcome Begin(PlannedStep step, JsonElement input, StepScope scope);

    /// <summary>Goes on after its rest; it may rest again. Its input was rendered when it began, and is recorded.</summary>
    StepOutcome GoOn(PlannedStep step, WaitEnd end);
}

/// <summary>How a rest ended.</summary>
public enum WaitEnd
{
    /// <summary>Its time is over.</summary>
    TimeIsOver,

    /// <summary>What it awaited has come.</summary>
    HasCome,
}
