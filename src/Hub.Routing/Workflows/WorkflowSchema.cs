using System.Text.Json;
using Hub.Routing.Workflows.Schemas;

namespace Hub.Routing.Workflows;

/// <summary>
/// The JSON Schema (2020-12) of the workflow document, for editors and the designer. <see cref="WorkflowReader"/> finds more than it can say.
/// </summary>
public sealed class WorkflowSchema
{
    public const string Id = "urn:flowpilot:workflow:v1";

    private WorkflowSchema(JsonElement document)
    {
        Document = document;
        Utf8 = JsonSerializer.SerializeToUtf8Bytes(document);
    }

    public JsonElement Document { get; }

    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Builds the schema for the flow steps and the actions of a catalog.</summary>
    public static WorkflowSchema Create(IStepCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var actions = catalog.Types.Distinct().Order(StringComparer.Ordinal).Select(catalog.Find).OfType<StepTypeDescription>();
        return new WorkflowSchema(JsonSerializer.SerializeToElement(DocumentSchema.Build([.. FlowSteps.All, .. actions])));
    }
}
