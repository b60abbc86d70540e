using System.Text.Json;

namespace Hub.Routing.Workflows;

/// <summary>What starts a workflow.</summary>
/// <param name="Type">That of one of the kinds of triggers.</param>
/// <param name="Source">The name of the Source whose deliveries start it; set for webhooks.</param>
public sealed record TriggerDefinition(string Type, string? Source)
{
    /// <summary>The JSON Schema that the body of a delivery fulfils before an execution exists; undefined for none.</summary>
    public JsonElement Schema { get; init; }

    /// <summary>The condition that a delivery fulfils before an execution exists; undefined for none.</summary>
    public JsonElement Filter { get; init; }
}
