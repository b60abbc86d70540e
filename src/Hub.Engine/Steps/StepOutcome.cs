using System.Text.Json;
using Hub.Connectors.Contract;

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

/// <summary>Rests for a while, then is done.</summary>
public sealed record Wait(TimeSpan For) : StepOutcome;

/// <summary>Failed; the error says whether another try makes sense.</summary>
public sealed record Failed(ConnectorError Error) : StepOutcome;

/// <summary>Ends the execution.</summary>
/// <param name="Error">Null when it ends well.</param>
public sealed record Stopped(string? Reason, ConnectorError? Error) : StepOutcome;

/// <summary>What a step may read while it runs.</summary>
/// <param name="RunContext">The run context: trigger, steps, workflow, execution, vars.</param>
public readonly record struct StepScope(Guid ExecutionId, JsonElement RunContext);
