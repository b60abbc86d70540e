using System.Text.Json;
using Hub.Engine.Steps;
using Hub.Routing.Workflows;

namespace Hub.Engine.Resilience;

/// <summary>Whom a step calls with its input.</summary>
/// <param name="Destination">The input that names the destination, as the action's manifest says; null when the connector always calls the same.</param>
public readonly record struct CallTarget(StepDefinition Step, string? Destination, JsonElement Input)
{
    public string Connector => Step.Type[..Step.Type.IndexOf('.')];

    /// <summary>The address that the input names, as it stands there; null when it names none.</summary>
    public string? Address => Destination is null ? null : InputText.Get(Input, Destination);
}
