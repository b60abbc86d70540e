using System.Text.Json;
using Hub.Engine.Executions;
using Hub.Engine.Writing;
using Hub.Storage;
using Hub.Storage.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>The latest deliveries of a Source, for the checker to hold a document against.</summary>
internal static class SampleDeliveries
{
    private const int Most = 10;
    private const int LargestBody = 64 << 10;

    /// <summary>What <c>trigger.body</c> was in each, the newest first; those that are large are left out.</summary>
    public static async Task<IReadOnlyList<JsonElement>> OfAsync(HubDbContext context, string source, CancellationToken cancellationToken)
    {
        var id = await context.Sources.Where(row => row.Name == source).Select(row => (Guid?)row.Id).FirstOrDefaultAsync(cancellationToken);
        if (id is null)
        {
            return [];
        }

        // Asked for as a list and in this order, a Source that has been silent for long is found by its own index, not by reading all the others' deliveries.
        Guid[] sources = [id.Value];
        var latest = await context
            .Deliveries.Where(row => sources.Contains(row.SourceId))
            .OrderByDescending(row => row.SourceId)
            .ThenByDescending(row => row.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        return [.. latest.Where(delivery => delivery.Body.Length <= LargestBody).Select(BodyOf)];
    }

    private static JsonElement BodyOf(Delivery delivery)
    {
        using var trigger = JsonDocument.Parse(ThreadWriter.WriteJson(writer => TriggerJson.Write(writer, delivery)), RunContext.ParseOptions);
        return trigger.RootElement.GetProperty("body").Clone();
    }
}
