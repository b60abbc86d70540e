using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Deliveries;

/// <summary>Writes requests with their bytes, one JSON object a line; page by page, so that memory stays flat however much is asked for.</summary>
public sealed class DeliveryExport(HubDatabase database, DeliverySearch search, SourceDirectory sources, QuarantinedFields quarantined)
{
    public const int Most = 10_000;
    private const int PageRows = 50;

    /// <summary>What writes the export to a stream.</summary>
    /// <param name="verdict">accepted, duplicate, quarantined, bad_signature, stale or missing; all unless given.</param>
    /// <param name="limit">How many at most.</param>
    public async Task<OperationResult<Func<Stream, Task>>> BeginAsync(
        WorkspaceScope scope,
        DeliveryFilter filter,
        string? verdict,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var context = database.For(scope);
        if (!(await DeliveryFilters.ReadAsync(context, filter, verdict, cancellationToken)).Succeeded(out var query, out var error))
        {
            return error;
        }

        Func<Stream, Task> write = stream => WriteAsync(scope, stream, query, limit, cancellationToken);
        return write;
    }

    private async Task WriteAsync(WorkspaceScope scope, Stream target, DeliveryQuery query, int limit, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        for (var left = limit; ; )
        {
            var page = await search.FindAsync(query, Math.Min(left, PageRows), cancellationToken);
            foreach (var row in page.Rows)
            {
                await WriteLineAsync(target, await WriteRowAsync(context, row, cancellationToken), cancellationToken);
            }

            left -= page.Rows.Count;
            if (page.Next is null)
            {
                return;
            }

            query = query with { Before = page.Next };
            if (left <= 0)
            {
                // The last line says where to go on.
                await WriteLineAsync(target, JsonSerializer.SerializeToUtf8Bytes(new { next = page.Next }), cancellationToken);
                return;
            }
        }
    }

    private async Task<byte[]> WriteRowAsync(HubDbContext context, DeliveryRow row, CancellationToken cancellationToken)
    {
        (row, var headers, var body) = await WholeAsync(context, row, cancellationToken);
        var mask = (await sources.FindAsync(row.SourceId, cancellationToken))?.Secrets.Mask ?? SecretMask.None;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            json.WriteString("sourceId", row.SourceId);
            json.WriteString("receivedAt", row.ReceivedAt);
            json.WriteString("verdict", row.Verdict);
            json.WriteString("method", row.Method);
            json.WriteString("contentType", mask.MaskAny(row.ContentType));
            json.WriteString("eventType", mask.MaskAny(row.EventType));
            json.WriteString("dedupeKey", mask.MaskAny(row.DedupeKey));
            if (row.FirstId is { } first)
            {
                json.WriteString("firstId", first);
            }

            json.WritePropertyName("headers");
            json.WriteRawValue(headers is null ? "null" : ShownDelivery.Headers(headers, mask).Text);
            if (body is null)
            {
                json.WriteNull("bodyBase64");
            }
            else
            {
                json.WriteBase64String("bodyBase64", mask.MaskBody(body).Span);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private async Task<(DeliveryRow Row, string? Headers, byte[]? Body)> WholeAsync(HubDbContext context, DeliveryRow row, CancellationToken cancellationToken)
    {
        if (row.Verdict == DeliveryVerdictText.Duplicate)
        {
            return (row, null, null);
        }

        if (row.Verdict == DeliveryVerdictText.Accepted)
        {
            var kept = await context
                .Deliveries.Where(delivery => delivery.Id == row.Id)
                .Select(d => new { d.Headers, d.Body })
                .FirstOrDefaultAsync(cancellationToken);
            return (row, kept?.Headers, kept?.Body);
        }

        if (await context.Quarantine.FirstOrDefaultAsync(request => request.Id == row.Id, cancellationToken) is not { } aside)
        {
            return (row, null, null);
        }

        var (eventType, dedupeKey) = await quarantined.OfAsync(aside, cancellationToken);
        return (row with { EventType = eventType, DedupeKey = dedupeKey }, aside.Headers, aside.Body);
    }

    private static async Task WriteLineAsync(Stream target, byte[] line, CancellationToken cancellationToken)
    {
        await target.WriteAsync(line, cancellationToken);
        await target.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}
