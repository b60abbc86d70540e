using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Engine.Executions;
using Hub.Engine.Parking;

namespace Hub.Engine.Steps;

/// <summary>How one try of a step ended.</summary>
public abstract record StepOutcome
{
    /// <summary>What the step was given, as it may be recorded: JSON text with secrets masked.</summary>
    public string? Input { get; init; }
}

/// <summary>Done.</summary>
/// <param name="Output">JSON text; null for steps without one.</param>
/// <param name="Port">The way out a branching step takes.</param>
/// <param name="Why">JSON text that explains the branch.</param>
public sealed record Succeeded(string? Output, string? Port = null, string? Why = null) : StepOutcome;

/// <summary>Rests, and goes on later.</summary>
public sealed record Suspended(WaitFor For) : StepOutcome;

/// <summary>Put off: nobody was called, and the step waits until there is room. It costs no try.</summary>
/// <param name="On">What it waits for.</param>
/// <param name="Why">What to say of that.</param>
/// <param name="Rest">How long it waits when nobody tells of room.</param>
public sealed record Parked(IParkingReason On, ConnectorError Why, TimeSpan Rest) : StepOutcome;

/// <summary>Failed; the error says whether another try makes sense.</summary>
public sealed record Failed(ConnectorError Error) : StepOutcome;

/// <summary>Ends the execution.</summary>
/// <param name="Error">Null when it ends well.</param>
public sealed record Stopped(string? Reason, ConnectorError? Error) : StepOutcome;

/// <summary>What a step may read while it runs.</summary>
/// <param name="RunContext">The run context: trigger, steps, workflow, execution, vars.</param>
public readonly record struct StepScope(Guid ExecutionId, JsonElement RunContext)
{
    /// <summary>Which item of which steps the execution is; null when it is none.</summary>
    public string? Iteration { get; init; }

    /// <summary>Where the run takes its place when it becomes large; without one all inputs are small.</summary>
    public RunPlace? Place { get; init; }

    /// <summary>The step's rendered inputs as text, once for the record and the output.</summary>
    public string? InputText { get; init; }
}
