using Npgsql;

namespace Hub.Storage.Inbox;

/// <summary>
/// The statements of one commit, sent together as one transaction. Each is there only when it has something to do: a statement costs the same whether it
/// writes one row or many.
/// </summary>
internal sealed class InboxBatch(NpgsqlBatch commands, Guid node, short writer)
{
    private static readonly string KeepSql = SqlText.Load("Inbox/Sql/keep.sql");
    private static readonly string CountSql = SqlText.Load("Inbox/Sql/count.sql");
    private static readonly string StartSql = SqlText.Load("Inbox/Sql/start.sql");
    private static readonly string KeepFirstSql = SqlText.Load("Inbox/Sql/keep_first.sql");
    private static readonly string KeepFirstSignedSql = SqlText.Load("Inbox/Sql/keep_first_signed.sql");
    private static readonly string StartOnceSql = SqlText.Load("Inbox/Sql/start_once.sql");
    private static readonly string StartedSql = SqlText.Load("Inbox/Sql/started.sql");
    private static readonly string ReleaseSql = SqlText.Load("Quarantine/Sql/release.sql");

    /// <summary>The statements answer with repetitions: id, the first's id, and for requests whether the input is the same.</summary>
    public void Add(List<InboxEntry> entries)
    {
        AddReleases(entries.FindAll(static entry => entry.IsFromQuarantine));
        var plain = entries.FindAll(static entry => entry.Delivery is { KeyCount: 0 }).ToArray();
        if (plain.Length > 0)
        {
            AddDeliveries(plain);
            AddCounts(plain);
        }

        AddExecutions([
            .. entries
                .Where(static entry => entry.Delivery is not { KeyCount: > 0 })
                .SelectMany(static entry => entry.Executions)
                .Where(static newExecution => newExecution.IdempotencyKey is null),
        ]);
        AddKeyed([.. entries.Where(static entry => entry.Delivery is { KeyCount: > 0 })]);
        AddRequests([.. entries.SelectMany(static entry => entry.Executions).Where(static newExecution => newExecution.IdempotencyKey is not null)]);
    }

    private void AddReleases(List<InboxEntry> entries)
    {
        if (entries.Count > 0)
        {
            var parameters = Add(ReleaseSql);
            parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.Select(static entry => entry.Delivery!.Id)] });
            AddNode(parameters);
        }
    }

    private void AddDeliveries(InboxEntry[] entries)
    {
        var parameters = Add(KeepSql);
        AddRequests(parameters, entries);
        AddKeeping(parameters, entries);
        AddHandling(parameters, entries);
    }

    private void AddCounts(InboxEntry[] entries)
    {
        var counts = entries
            .GroupBy(static entry => (entry.Delivery!.SourceId, Minute: WholeMinute.Of(entry.Delivery.ReceivedAt)))
            .Select(static group => (group.Key, Count: group.LongCount()))
            .ToArray();
        var parameters = Add(CountSql);
        parameters.AddArray(counts, static count => count.Key.SourceId);
        parameters.AddArray(counts, static count => count.Key.Minute);
        parameters.AddArray(counts, static count => count.Count);
        AddNode(parameters);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = writer });
    }

    private void AddExecutions(NewExecution[] newExecutions)
    {
        if (newExecutions.Length > 0)
        {
            var parameters = Add(StartSql);
            AddNewExecutions(parameters, newExecutions);
            AddNode(parameters);
        }
    }

    /// <summary>Deliveries with a key, and the executions that are created only if they are the first.</summary>
    private void AddKeyed(InboxEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return;
        }

        // The one for several keys takes single ones too, as two statements of a batch would take keys out of order.
        var areSingle = Array.TrueForAll(entries, static entry => entry.Delivery!.KeyCount == 1);
        var parameters = Add(areSingle ? KeepFirstSql : KeepFirstSignedSql);
        AddRequests(parameters, entries);
        AddKeeping(parameters, entries);
        parameters.AddArray(entries, static entry => entry.Delivery!.DedupeKey);
        parameters.AddArray(entries, static entry => (int)entry.DedupeWindow.TotalSeconds);
        AddNewExecutions(parameters, [.. entries.SelectMany(static entry => entry.Executions)]);
        AddNode(parameters);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = writer });
        if (areSingle)
        {
            parameters.AddArray(entries, static entry => entry.Delivery!.IdKey ?? entry.Delivery.SignedKeys[0]);
            AddHandling(parameters, entries);
            return;
        }

        var signed = entries.SelectMany(static entry => entry.Delivery!.SignedKeys.Select(key => (entry.Delivery.Id, Key: key))).ToArray();
        parameters.AddArray(entries, static entry => entry.Delivery!.IdKey);
        parameters.AddArray(signed, static one => one.Id);
        parameters.AddArray(signed, static one => one.Key);
        AddHandling(parameters, entries);
    }

    /// <summary>Executions requested under a key of their own.</summary>
    private void AddRequests(NewExecution[] requests)
    {
        if (requests.Length == 0)
        {
            return;
        }

        var start = Add(StartOnceSql);
        AddNewExecutions(start, requests);
        start.AddArray(requests, static request => request.IdempotencyKey);
        start.AddArray(requests, static request => request.InputHash);
        AddNode(start);
        var started = Add(StartedSql);
        started.AddArray(requests, static request => request.Id);
        started.AddArray(requests, static request => request.WorkflowId);
        started.AddArray(requests, static request => request.IdempotencyKey);
        started.AddArray(requests, static request => request.InputHash);
    }

    private NpgsqlParameterCollection Add(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        commands.BatchCommands.Add(command);
        return command.Parameters;
    }

    private void AddNode(NpgsqlParameterCollection parameters) => parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node });

    private static void AddRequests(NpgsqlParameterCollection parameters, InboxEntry[] entries)
    {
        parameters.AddArray(entries, static entry => entry.Delivery!.Id);
        parameters.AddArray(entries, static entry => entry.Delivery!.SourceId);
        parameters.AddArray(entries, static entry => entry.Delivery!.ReceivedAt);
        parameters.AddArray(entries, static entry => entry.Delivery!.Method);
        parameters.AddArray(entries, static entry => entry.Delivery!.Query);
        parameters.AddArray(entries, static entry => entry.Delivery!.ContentType);
        parameters.AddArray(entries, static entry => entry.Delivery!.Headers);
        parameters.AddArray(entries, static entry => entry.Delivery!.Body);
    }

    private static void AddKeeping(NpgsqlParameterCollection parameters, InboxEntry[] entries)
    {
        parameters.AddArray(entries, static entry => entry.Delivery!.RetentionPartition);
        parameters.AddArray(entries, static entry => entry.Delivery!.EventType);
        parameters.AddArray(entries, static entry => (short)entry.Executions.Count);
        parameters.AddArray(entries, static entry => entry.Decisions);
    }

    private static void AddHandling(NpgsqlParameterCollection parameters, InboxEntry[] entries) =>
        parameters.AddArray(entries, static entry => (short)entry.Delivery!.Handling);

    private static void AddNewExecutions(NpgsqlParameterCollection parameters, NewExecution[] newExecutions)
    {
        parameters.AddArray(newExecutions, static newExecution => newExecution.Id);
        parameters.AddArray(newExecutions, static newExecution => newExecution.WorkflowId);
        parameters.AddArray(newExecutions, static newExecution => newExecution.Version);
        parameters.AddArray(newExecutions, static newExecution => newExecution.Trigger);
        parameters.AddArray(newExecutions, static newExecution => newExecution.DeliveryId);
        parameters.AddArray(newExecutions, static newExecution => newExecution.Input);
        parameters.AddArray(newExecutions, static newExecution => newExecution.ReplayOf);
        parameters.AddArray(newExecutions, static newExecution => newExecution.CreatedAt);
        parameters.AddArray(newExecutions, static newExecution => newExecution.Leased);
    }
}
