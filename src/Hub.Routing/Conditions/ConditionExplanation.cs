using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>Why a condition held or not. It refers to the run context: write it while that document lives.</summary>
public abstract class ConditionExplanation
{
    private protected ConditionExplanation() { }

    /// <summary>Writes one JSON object: path, op, found, value and result, or the explanations of the conditions within.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);
}
