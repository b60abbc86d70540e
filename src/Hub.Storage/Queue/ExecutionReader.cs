using System.Runtime.InteropServices;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Npgsql;

namespace Hub.Storage.Queue;

/// <summary>Reads executions with what they need to run.</summary>
internal static class ExecutionReader
{
    private static readonly string LoadDeliveriesSql = SqlText.Load("Queue/Sql/load_deliveries.sql");
    private static readonly string LoadStepsSql = SqlText.Load("Queue/Sql/load_steps.sql");

    /// <summary>What a claim took, with its deliveries and steps as far as they are small.</summary>
    public static async Task<IReadOnlyList<ClaimedExecution>> ReadClaimedAsync(
        NpgsqlConnection connection,
        NpgsqlCommand claim,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<ClaimedExecution>();
        await using (claim)
        await using (var reader = await claim.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(
                    new ClaimedExecution(
                        reader.GetGuid(0),
                        reader.GetGuid(1),
                        reader.GetInt32(2),
                        reader.GetString(3),
                        reader.IsDBNull(4) ? null : reader.GetGuid(4),
                        null,
                        Text(reader, 5),
                        reader.GetInt32(6),
                        reader.GetInt32(7),
                        reader.GetFieldValue<DateTimeOffset>(8),
                        [],
                        ParkedOn: Text(reader, 9)
                    )
                    {
                        Parent = reader.IsDBNull(10) ? null : new ExecutionParent(reader.GetGuid(10), reader.GetString(11), reader.GetInt32(12)),
                        Iteration = Text(reader, 13),
                        Item = Text(reader, 14),
                    }
                );
            }
        }

        if (rows.Count == 0)
        {
            return [];
        }

        Guid[] started = [.. rows.Where(row => row.DeliveryId.HasValue).Select(row => row.DeliveryId!.Value).Distinct()];
        var deliveries = await LoadDeliveriesAsync(connection, started, ExecutionQueue.LargeBody, cancellationToken);
        var steps = await LoadStepsAsync(connection, [.. rows.Where(row => row.Claim > 1).Select(row => row.Id)], ExecutionQueue.LargeBody, cancellationToken);
        return rows.ConvertAll(row => Complete(row, deliveries, steps));
    }

    /// <summary>What is known only by its size is left to be loaded later; what is not known at all is not there.</summary>
    private static ClaimedExecution Complete(ClaimedExecution row, Dictionary<Guid, Delivery?> deliveries, Dictionary<Guid, List<RecordedStep>?> steps)
    {
        Delivery? delivery = null;
        var isLargeBody = row.DeliveryId is { } id && deliveries.TryGetValue(id, out delivery) && delivery is null;
        List<RecordedStep>? recorded = null;
        var areLargeSteps = steps.TryGetValue(row.Id, out recorded) && recorded is null;
        return isLargeBody || areLargeSteps ? row with { IsLarge = true } : row with { Delivery = delivery, Steps = recorded ?? [] };
    }

    /// <summary>Those that are kept; null where the body is larger.</summary>
    public static async Task<Dictionary<Guid, Delivery?>> LoadDeliveriesAsync(
        NpgsqlConnection connection,
        Guid[] ids,
        int largestBody,
        CancellationToken cancellationToken
    )
    {
        var deliveries = new Dictionary<Guid, Delivery?>();
        if (ids.Length == 0)
        {
            return deliveries;
        }

        await using var command = ExecutionQueue.Command(connection, LoadDeliveriesSql, ids, largestBody, ids.Min(), ids.Max());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            deliveries[id] = reader.IsDBNull(8)
                ? null
                : new Delivery
                {
                    Id = id,
                    SourceId = reader.GetGuid(1),
                    ReceivedAt = reader.GetFieldValue<DateTimeOffset>(2),
                    Method = reader.GetString(3),
                    Query = reader.GetString(4),
                    ContentType = Text(reader, 5),
                    Headers = reader.GetString(6),
                    DedupeKey = Text(reader, 7),
                    Body = reader.GetFieldValue<byte[]>(8),
                    Handling = (DeliveryHandling)reader.GetInt16(9),
                };
        }

        return deliveries;
    }

    /// <summary>Those of which something is recorded; null where that is larger in all.</summary>
    public static async Task<Dictionary<Guid, List<RecordedStep>?>> LoadStepsAsync(
        NpgsqlConnection connection,
        Guid[] ids,
        int most,
        CancellationToken cancellationToken
    )
    {
        var steps = new Dictionary<Guid, List<RecordedStep>?>();
        if (ids.Length == 0)
        {
            return steps;
        }

        await using var command = ExecutionQueue.Command(connection, LoadStepsSql, ids, most);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(1))
            {
                steps[reader.GetGuid(0)] = null;
                continue;
            }

            var record = new StepRecord(reader.GetString(1), StepStatusText.Parse(reader.GetString(2)))
            {
                Port = Text(reader, 3),
                Attempts = reader.GetInt32(4),
                Input = Text(reader, 5),
                Output = Text(reader, 6),
                Error = Text(reader, 7),
                Errors = Text(reader, 8),
                Why = Text(reader, 9),
                StartedAt = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
                FinishedAt = reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
                Awaits = reader.IsDBNull(14) ? null : new Awaited(AwaitedKindText.Parse(reader.GetString(14)), reader.GetGuid(15)),
            };
            var dueIn = reader.IsDBNull(13) ? TimeSpan.Zero : TimeSpan.FromSeconds(reader.GetDouble(13));
            (CollectionsMarshal.GetValueRefOrAddDefault(steps, reader.GetGuid(0), out _) ??= []).Add(
                new RecordedStep(record, reader.GetBoolean(12), dueIn) { HasCome = record.Awaits is not null && reader.IsDBNull(13) }
            );
        }

        return steps;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
