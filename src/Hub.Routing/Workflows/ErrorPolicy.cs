using System.Text.Json;

namespace Hub.Routing.Workflows;

/// <summary>What a workflow does about failing steps.</summary>
/// <param name="Retry">The policy of steps that state none.</param>
/// <param name="DeadLetterAfter">The most failed tries over all steps of one execution before it is given up, even though a step has attempts left.</param>
/// <param name="Fallback">Read and checked; this version does not run it.</param>
/// <param name="Breaker">Read and checked; this version does not act on it.</param>
public sealed record ErrorPolicy(RetryPolicy? Retry, int? DeadLetterAfter, FallbackDefinition? Fallback = null, BreakerDefinition? Breaker = null)
{
    public static ErrorPolicy Default { get; } = new(null, null);
}

/// <summary>An action to run once an execution has failed for good.</summary>
/// <param name="With">The inputs, not rendered; undefined when absent.</param>
public sealed record FallbackDefinition(string Type, string? Credential, JsonElement With);

/// <summary>When a workflow that keeps failing is paused, and for how long.</summary>
/// <param name="FailureRatio">Above 0, at most 1.</param>
public sealed record BreakerDefinition(double FailureRatio, TimeSpan Window, int MinimumRuns, TimeSpan Pause);
