using System.Text.Json;
using Hub.Connectors;
using Hub.Connectors.Contract;
using Hub.Routing.Workflows;

namespace Hub.Engine.Catalog;

/// <summary>Tells the workflow checker what the connectors can do.</summary>
public sealed class StepCatalog : IStepCatalog
{
    private readonly Dictionary<string, StepTypeDescription> _types;

    public StepCatalog(ConnectorRegistry connectors)
    {
        _types = connectors
            .Connectors.SelectMany(connector => connector.Actions, (connector, action) => Describe(connector.Manifest, action.Manifest))
            .ToDictionary(description => description.Type, StringComparer.Ordinal);
    }

    public IEnumerable<string> Types => _types.Keys;

    public StepTypeDescription? Find(string type) => _types.GetValueOrDefault(type);

    private static StepTypeDescription Describe(ConnectorManifest connector, ActionManifest action)
    {
        using var schema = JsonDocument.Parse(action.OutputSchema);
        return new StepTypeDescription(
            action.Type,
            action.Summary,
            [.. action.Inputs.Select(Describe)],
            connector.CredentialRequired,
            connector.CredentialFields.Count > 0,
            schema.RootElement.Clone()
        );
    }

    private static StepField Describe(FieldSpec field) =>
        new(field.Name, field.Type, field.Required, field.Choices) { Summary = field.Summary, Place = Enum.Parse<StepFieldPlace>(field.Place.ToString()) };
}
