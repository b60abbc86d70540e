namespace Hub.Routing.Conditions;

/// <summary>What a condition came to, and why.</summary>
/// <param name="Error">Set when the condition could not be decided (a template failed, a match took too long); then <paramref name="Value"/> is false.</param>
public sealed record ConditionResult(bool Value, ConditionExplanation Why, string? Error = null);
