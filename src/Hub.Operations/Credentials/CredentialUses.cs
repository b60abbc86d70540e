using System.Text.Json;
using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Credentials;

/// <summary>Finds where a credential is used.</summary>
internal static class CredentialUses
{
    /// <summary>Such parts of a document hold data of the workflow's own, in which a member of this name means nothing.</summary>
    private static readonly string[] Data = ["with", "vars", "when", "schema", "filter", "metadata", "layout"];

    /// <summary>The active workflows that name it, as they run now.</summary>
    public static async Task<IReadOnlyList<CredentialUse>> OfAsync(HubDbContext context, string credential, CancellationToken cancellationToken)
    {
        var uses = new List<CredentialUse>();
        var active = context
            .Workflows.Where(workflow => workflow.Status == WorkflowStatus.Active)
            .OrderBy(workflow => workflow.Id)
            .Join(
                context.WorkflowVersions,
                workflow => new { WorkflowId = workflow.Id, workflow.Version },
                version => new { version.WorkflowId, version.Version },
                (workflow, version) =>
                    new
                    {
                        workflow.Id,
                        workflow.Name,
                        version.Definition,
                    }
            )
            .AsAsyncEnumerable();
        await foreach (var workflow in active.WithCancellation(cancellationToken))
        {
            using var document = JsonDocument.Parse(workflow.Definition, new JsonDocumentOptions { MaxDepth = 1000 });
            var steps = new List<string>();
            Collect(document.RootElement, credential, steps);
            if (steps.Count > 0)
            {
                uses.Add(new CredentialUse(workflow.Id, workflow.Name, steps));
            }
        }

        return uses;
    }

    /// <summary>Steps may lie within steps, and a trigger or a fallback may name a credential too.</summary>
    private static void Collect(JsonElement part, string credential, List<string> steps)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in part.EnumerateArray())
            {
                Collect(item, credential, steps);
            }
        }
        else if (part.ValueKind == JsonValueKind.Object)
        {
            if (part.TryGetProperty("credential"u8, out var named) && named.ValueKind == JsonValueKind.String && named.ValueEquals(credential))
            {
                steps.Add(NameOf(part));
            }

            foreach (var member in part.EnumerateObject().Where(member => !Data.Contains(member.Name, StringComparer.Ordinal)))
            {
                Collect(member.Value, credential, steps);
            }
        }
    }

    private static string NameOf(JsonElement part) =>
        part.TryGetProperty("id"u8, out var id) && id.ValueKind == JsonValueKind.String ? id.GetString()!
        : part.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()!
        : "";
}
