using Npgsql;

namespace Hub.Storage.Inbox;

/// <summary>
/// The statements of one commit, sent together as one transaction. Each is there only when it has something to do: a statement costs the same whether it
/// writes one row or many.
/// </summary>
internal sealed class InboxBatch(NpgsqlBatch commands, Guid node, short writer)
{
    private static readonly string CountSql = SqlText.Load("Inbox/Sql/count.sql");
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
                .Where(static newExecution => newExecution is { IdempotencyKey: null, Parent: null }),
        ]);
        AddKeyed([.. entries.Where(static entry => entry.Delivery is { KeyCount: > 0 })]);
        AddRequests([.. entries.SelectMany(static entry => entry.Executions).Where(static newExecution => newExecution.IdempotencyKey is not null)]);
        AddChildren([.. entries.SelectMany(static entry => entry.Executions).Where(static newExecution => newExecution.Parent is not null)]);
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
        InboxStatements.Deliveries.AddTo(Add(InboxStatements.Keep.Text), entries);
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
            var parameters = Add(InboxStatements.Start.Text);
            InboxStatements.Executions.AddTo(parameters, newExecutions);
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
        var parameters = Add((areSingle ? InboxStatements.KeepFirst : InboxStatements.KeepFirstSigned).Text);
        (areSingle ? InboxStatements.OfOneKey : InboxStatements.OfSeveralKeys).AddTo(parameters, entries);
        InboxStatements.Executions.AddTo(parameters, [.. entries.SelectMany(static entry => entry.Executions)]);
        AddNode(parameters);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = writer });
        if (!areSingle)
        {
            InboxStatements.Signed.AddTo(
                parameters,
                [.. entries.SelectMany(static entry => entry.Delivery!.SignedKeys.Select(key => (entry.Delivery.Id, Key: key)))]
            );
        }
    }

    /// <summary>Executions requested under a key of their own.</summary>
    private void AddRequests(NewExecution[] requests)
    {
        if (requests.Length == 0)
        {
            return;
        }

        var start = Add(InboxStatements.StartOnce.Text);
        InboxStatements.Requests.AddTo(start, requests);
        AddNode(start);
        InboxStatements.Started.AddTo(Add(InboxStatements.FindStarted.Text), requests);
    }

    private void AddChildren(NewExecution[] children)
    {
        if (children.Length > 0)
        {
            var parameters = Add(InboxStatements.StartChildren.Text);
            InboxStatements.Children.AddTo(parameters, children);
            AddNode(parameters);
        }
    }

    private NpgsqlParameterCollection Add(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        commands.BatchCommands.Add(command);
        return command.Parameters;
    }

    private void AddNode(NpgsqlParameterCollection parameters) => parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node });
}
