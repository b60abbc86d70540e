using Hub.Storage.Statements;

namespace Hub.Storage.Inbox;

/// <summary>The statements of the inbox that take rows, and the columns of those rows.</summary>
internal static class InboxStatements
{
    /// <summary>Deliveries without a key.</summary>
    public static readonly ArrayColumns<InboxEntry> Deliveries = Columns();

    /// <summary>Deliveries with one key each, or several beside the <see cref="Signed"/> ones.</summary>
    public static readonly ArrayColumns<InboxEntry> OfOneKey = Keyed().AddRead("key", static entry => entry.Delivery!.IdKey ?? entry.Delivery.SignedKeys[0]);

    /// <inheritdoc cref="OfOneKey"/>
    public static readonly ArrayColumns<InboxEntry> OfSeveralKeys = Keyed().AddRead("key", static entry => entry.Delivery!.IdKey);

    /// <summary>The keys of what signatures cover.</summary>
    public static readonly ArrayColumns<(Guid Id, string Key)> Signed = new ArrayColumns<(Guid Id, string Key)>("s")
        .AddRead("id", static one => one.Id)
        .AddRead("key", static one => one.Key);

    public static readonly ArrayColumns<NewExecution> Executions = NewExecutions();

    /// <summary>Executions that are requested under a key.</summary>
    public static readonly ArrayColumns<NewExecution> Requests = NewExecutions()
        .Add("idempotency_key", static request => request.IdempotencyKey)
        .Add("input_hash", static request => request.InputHash);

    /// <summary>Executions that are run by a step of another one.</summary>
    public static readonly ArrayColumns<NewExecution> Children = NewExecutions()
        .Add("parent_id", static child => child.Parent!.Id)
        .Add("parent_step", static child => child.Parent!.Step)
        .Add("parent_index", static child => child.Parent!.Index)
        .Add("iteration", static child => child.Iteration)
        .AddJson("item", static child => child.Item);

    public static readonly ArrayColumns<NewExecution> Started = new ArrayColumns<NewExecution>("w")
        .AddRead("id", static request => request.Id)
        .AddRead("workflow_id", static request => request.WorkflowId)
        .AddRead("idempotency_key", static request => request.IdempotencyKey)
        .AddRead("input_hash", static request => request.InputHash);

    private static readonly OneValue Node = new("node", "uuid");
    private static readonly OneValue Writer = new("writer", "smallint");

    public static readonly Statement Keep = new("Inbox/Sql/keep.sql", Deliveries);
    public static readonly Statement KeepFirst = new("Inbox/Sql/keep_first.sql", OfOneKey, Executions, Node, Writer);
    public static readonly Statement KeepFirstSigned = new("Inbox/Sql/keep_first_signed.sql", OfSeveralKeys, Executions, Node, Writer, Signed);
    public static readonly Statement Start = new("Inbox/Sql/start.sql", Executions, Node);
    public static readonly Statement StartOnce = new("Inbox/Sql/start_once.sql", Requests, Node);
    public static readonly Statement StartChildren = new("Inbox/Sql/start_children.sql", Children, Node);
    public static readonly Statement FindStarted = new("Inbox/Sql/started.sql", Started);

    private static ArrayColumns<InboxEntry> Columns() =>
        new ArrayColumns<InboxEntry>("d")
            .Add("id", static entry => entry.Delivery!.Id)
            .Add("source_id", static entry => entry.Delivery!.SourceId)
            .Add("received_at", static entry => entry.Delivery!.ReceivedAt)
            .Add("method", static entry => entry.Delivery!.Method)
            .Add("query", static entry => entry.Delivery!.Query)
            .Add("content_type", static entry => entry.Delivery!.ContentType)
            .AddJson("headers", static entry => entry.Delivery!.Headers)
            .Add("body", static entry => entry.Delivery!.Body)
            .Add("retention_partition", static entry => entry.Delivery!.RetentionPartition)
            .Add("event_type", static entry => entry.Delivery!.EventType)
            .Add("executions", static entry => (short)entry.Executions.Count)
            .AddJson("decisions", static entry => entry.Decisions)
            .Add("handling", static entry => (short)entry.Delivery!.Handling);

    private static ArrayColumns<InboxEntry> Keyed() =>
        Columns().Add("dedupe_key", static entry => entry.Delivery!.DedupeKey).AddRead("dedupe_seconds", static entry => (int)entry.DedupeWindow.TotalSeconds);

    private static ArrayColumns<NewExecution> NewExecutions() =>
        new ArrayColumns<NewExecution>("e")
            .Add("id", static execution => execution.Id)
            .Add("workflow_id", static execution => execution.WorkflowId)
            .Add("version", static execution => execution.Version)
            .Add("trigger", static execution => execution.Trigger)
            .Add("delivery_id", static execution => execution.DeliveryId)
            .AddJson("input", static execution => execution.Input)
            .Add("replay_of", static execution => execution.ReplayOf)
            .Add("created_at", static execution => execution.CreatedAt)
            .AddRead("leased", static execution => execution.Leased);
}
