using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Operations.Workflows;
using Hub.Storage;

namespace Hub.Operations.Deliveries;

/// <summary>Puts the workflows' names beside their ids in what their triggers decided.</summary>
internal static class NamedDecisions
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    /// <param name="json">An array of objects with a <c>workflowId</c>; null when nothing was decided.</param>
    public static async Task<RawJson?> OfAsync(HubDbContext context, string? json, CancellationToken cancellationToken)
    {
        if (json is null || JsonNode.Parse(json, documentOptions: Deep) is not JsonArray decisions)
        {
            return RawJson.From(json);
        }

        var known = await WorkflowNames.OfAsync(context, decisions.Select(IdOf).OfType<Guid>(), cancellationToken);
        foreach (var decision in decisions.OfType<JsonObject>())
        {
            decision.Insert(1, "workflowName", IdOf(decision) is { } id ? known.GetValueOrDefault(id) : null);
        }

        return new RawJson(decisions.ToJsonString(new JsonSerializerOptions { MaxDepth = Deep.MaxDepth }));
    }

    private static Guid? IdOf(JsonNode? decision) => Guid.TryParse((string?)decision?["workflowId"], out var id) ? id : null;
}
