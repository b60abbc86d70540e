namespace Hub.Routing.Workflows;

/// <summary>What starts a workflow.</summary>
/// <param name="Type"><see cref="Webhook"/> or <see cref="Manual"/>.</param>
/// <param name="Source">The name of the Source whose deliveries start it; set for webhooks.</param>
public sealed record TriggerDefinition(string Type, string? Source)
{
    public const string Webhook = "webhook";
    public const string Manual = "manual";
}
