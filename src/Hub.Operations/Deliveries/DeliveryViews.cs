using System.Text;
using System.Text.Unicode;
using Hub.Connectors.Secrets;
using Hub.Engine.Bodies;
using Hub.Engine.Intake;
using Hub.Operations.Sources;
using Hub.Operations.Workflows;
using Hub.Storage;
using Hub.Storage.Deliveries;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Deliveries;

/// <summary>Puts what the tables hold about requests into answers.</summary>
public sealed class DeliveryViews(SourceDirectory sources, QuarantinedFields quarantined)
{
    private const int MostDuplicates = 100;

    public async Task<IReadOnlyList<DeliverySummary>> SummariesAsync(HubDbContext context, IReadOnlyList<DeliveryRow> rows, CancellationToken cancellationToken)
    {
        var executions = await ExecutionsAsync(
            context,
            [.. rows.Where(row => row.Verdict == DeliveryVerdictText.Accepted).Select(row => row.Id)],
            cancellationToken
        );
        var names = await SourceNames.OfAsync(context, rows.Select(row => row.SourceId), cancellationToken);
        var summaries = new List<DeliverySummary>(rows.Count);
        foreach (var row in await quarantined.FillAsync(context, rows, cancellationToken))
        {
            summaries.Add(Summary(row, names, [.. executions[row.Id]], await MaskOfAsync(row.SourceId, cancellationToken)));
        }

        return summaries;
    }

    /// <summary>The request, whether it was accepted, repeated or refused; null when there is none.</summary>
    public async Task<DeliveryDetail?> FindAsync(HubDbContext context, Guid id, CancellationToken cancellationToken) =>
        await AcceptedAsync(context, id, cancellationToken)
        ?? await QuarantinedAsync(context, id, cancellationToken)
        ?? await DuplicateAsync(context, id, cancellationToken);

    private async Task<DeliveryDetail?> AcceptedAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.Deliveries.FirstOrDefaultAsync(delivery => delivery.Id == id, cancellationToken) is not { } kept)
        {
            return null;
        }

        var executions = (await ExecutionsAsync(context, [id], cancellationToken))[id].ToList();
        var mask = await MaskOfAsync(kept.SourceId, cancellationToken);
        var body = mask.MaskBody(kept.Body);
        var row = new DeliveryRow(
            id,
            kept.SourceId,
            kept.ReceivedAt,
            DeliveryVerdictText.Accepted,
            kept.Method,
            kept.ContentType,
            kept.EventType,
            kept.DedupeKey,
            kept.Body.Length,
            kept.Executions,
            kept.Decisions,
            null,
            null
        );
        return new DeliveryDetail(Summary(row, await SourceNames.OfAsync(context, [row.SourceId], cancellationToken), executions, mask))
        {
            Query = MaskedQuery.Of(kept.Query, mask),
            Headers = ShownDelivery.Headers(kept.Headers, mask),
            Body = TextOf(body),
            BodyBase64 = Base64Of(body),
            BodyNote = TriggerBody.NoteOf(kept),
            BodyAs = kept.Handling.HasFlag(DeliveryHandling.BodyAsText) ? BodyReading.Text : BodyReading.Auto,
            StaleAccepted = kept.Handling.HasFlag(DeliveryHandling.StaleAccepted),
            Decisions = await NamedDecisions.OfAsync(context, kept.Decisions, cancellationToken),
            Duplicates = await context
                .Database.SqlQuery<Repetition>(
                    $"""SELECT id AS "Id", received_at AS "ReceivedAt" FROM hub.duplicates WHERE first_id = {id} ORDER BY id DESC LIMIT {MostDuplicates}"""
                )
                .ToListAsync(cancellationToken),
        };
    }

    private async Task<DeliveryDetail?> QuarantinedAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        if (await context.Quarantine.FirstOrDefaultAsync(request => request.Id == id, cancellationToken) is not { } aside)
        {
            return null;
        }

        var mask = await MaskOfAsync(aside.SourceId, cancellationToken);
        var body = mask.MaskBody(aside.Body);
        var (eventType, dedupeKey) = await quarantined.OfAsync(aside, cancellationToken);
        var row = new DeliveryRow(
            id,
            aside.SourceId,
            aside.ReceivedAt,
            aside.Verdict,
            aside.Method,
            aside.ContentType,
            eventType,
            dedupeKey,
            aside.Body.Length,
            0,
            null,
            null,
            aside.Diagnosis
        );
        return new DeliveryDetail(Summary(row, await SourceNames.OfAsync(context, [row.SourceId], cancellationToken), [], mask))
        {
            Query = MaskedQuery.Of(aside.Query, mask),
            Headers = ShownDelivery.Headers(aside.Headers, mask),
            Body = TextOf(body),
            BodyBase64 = Base64Of(body),
            Reason = aside.Reason,
        };
    }

    /// <summary>Hides the secrets that the Source has now, also in requests that came before it had them.</summary>
    private async ValueTask<SecretMask> MaskOfAsync(Guid source, CancellationToken cancellationToken) =>
        (await sources.FindAsync(source, cancellationToken))?.Secrets.Mask ?? SecretMask.None;

    private async Task<DeliveryDetail?> DuplicateAsync(HubDbContext context, Guid id, CancellationToken cancellationToken)
    {
        var repeated = await context
            .Database.SqlQuery<DuplicateRow>(
                $"""SELECT source_id AS "SourceId", received_at AS "ReceivedAt", first_id AS "FirstId" FROM hub.duplicates WHERE id = {id}"""
            )
            .FirstOrDefaultAsync(cancellationToken);
        if (repeated is null)
        {
            return null;
        }

        var row = new DeliveryRow(
            id,
            repeated.SourceId,
            repeated.ReceivedAt,
            DeliveryVerdictText.Duplicate,
            null,
            null,
            null,
            null,
            null,
            0,
            null,
            repeated.FirstId,
            null
        );
        return new DeliveryDetail(Summary(row, await SourceNames.OfAsync(context, [row.SourceId], cancellationToken), [], SecretMask.None));
    }

    private async Task<ILookup<Guid, DeliveryExecution>> ExecutionsAsync(
        HubDbContext context,
        IReadOnlyList<Guid> deliveries,
        CancellationToken cancellationToken
    )
    {
        var rows =
            deliveries.Count == 0
                ? []
                : await context
                    .Executions.Where(execution => execution.DeliveryId != null && deliveries.Contains(execution.DeliveryId.Value))
                    .OrderBy(execution => execution.Id)
                    .Select(execution => new
                    {
                        Delivery = execution.DeliveryId!.Value,
                        execution.Id,
                        execution.WorkflowId,
                        execution.Trigger,
                        execution.Status,
                    })
                    .ToListAsync(cancellationToken);
        var names = await WorkflowNames.OfAsync(context, rows.Select(row => row.WorkflowId), cancellationToken);
        return rows.ToLookup(
            row => row.Delivery,
            row => new DeliveryExecution(row.Id, row.WorkflowId, names.GetValueOrDefault(row.WorkflowId), row.Trigger, row.Status)
        );
    }

    private static DeliverySummary Summary(DeliveryRow row, IReadOnlyDictionary<Guid, string> names, List<DeliveryExecution> executions, SecretMask mask) =>
        new()
        {
            Id = row.Id,
            SourceId = row.SourceId,
            SourceName = names.GetValueOrDefault(row.SourceId),
            ReceivedAt = row.ReceivedAt,
            Verdict = row.Verdict,
            Outcome =
                row.Verdict == DeliveryVerdictText.Accepted
                    ? DeliveryOutcome.Of(
                        [.. executions.Where(execution => execution.Trigger == ExecutionTriggers.Webhook).Select(execution => execution.Status)],
                        row.Decisions is not null
                    )
                    : null,
            Method = row.Method,
            ContentType = mask.MaskAny(row.ContentType),
            EventType = mask.MaskAny(row.EventType),
            DedupeKey = mask.MaskAny(row.DedupeKey),
            Size = row.Size,
            FirstId = row.FirstId,
            Diagnosis = RawJson.From(row.Diagnosis),
            Executions = executions,
        };

    private static string? TextOf(ReadOnlyMemory<byte> body) => Utf8.IsValid(body.Span) ? Encoding.UTF8.GetString(body.Span) : null;

    private static string? Base64Of(ReadOnlyMemory<byte> body) => Utf8.IsValid(body.Span) ? null : Convert.ToBase64String(body.Span);

    private sealed record DuplicateRow(Guid SourceId, DateTimeOffset ReceivedAt, Guid FirstId);
}
