using System.Text;
using System.Text.RegularExpressions;
using Hub.Storage.Deliveries;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Statements;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Storage.Tests.Plans;

/// <summary>Every statement over tables that grow: those that webhooks and executions wait for, retention's, and the search's.</summary>
internal static partial class PlannedStatements
{
    /// <summary>
    /// What is a part of others, reads no table that grows, at most a thousand rows by its key, or is meant to read the whole of one; and the replays of many
    /// dead letters, which
    /// a person asks for and which are planned anew each time.
    /// </summary>
    public static readonly string[] Excused =
    [
        "Connections/Sql/limits.sql",
        "Health/Sql/probe.sql",
        "DeadLetters/Sql/find_open.sql",
        "DeadLetters/Sql/resume_many.sql",
        "DeadLetters/Sql/restart_many.sql",
        "Queue/Sql/ended.sql",
        "Destinations/Sql/switch_off.sql",
        "Inbox/Sql/keep.sql",
        "Inbox/Sql/keep_judged.sql",
        "Inbox/Sql/count.sql",
        "Inbox/Sql/start.sql",
        "Inbox/Sql/start_once.sql",
        "Inbox/Sql/start_children.sql",
        "Queue/Sql/claimed.sql",
        "Executions/Sql/signal.sql",
        "Quarantine/Sql/keep.sql",
        "Quarantine/Sql/count_refusals.sql",
        "Quarantine/Sql/sizes.sql",
        "Quarantine/Sql/trim.sql",
        "Quarantine/Sql/drop_slice.sql",
        "Queue/Sql/renew.sql",
        "Queue/Sql/leave.sql",
        "Queue/Sql/forget_others.sql",
        "Retention/Sql/expire_slice.sql",
        "Sources/Sql/insert_secrets.sql",
        "Sources/Sql/secrets_used.sql",
    ];

    public static IReadOnlyList<PlannedStatement> All { get; } = [.. Hot(), .. Searches(), .. Lists()];

    private static IEnumerable<PlannedStatement> Hot()
    {
        yield return Hot(InboxStatements.KeepFirst);
        yield return Hot(InboxStatements.KeepFirstSigned, [.. PlanData.PartitionsOf("duplicates").Select(slice => $"{slice}_pkey")]);
        yield return Hot(InboxStatements.FindStarted, "executions_key");
        yield return Hot(JournalStatements.Record, "executions_pkey");
        yield return Hot("Queue/Sql/claim.sql", "executions_due", "executions_pkey");
        yield return Hot("Queue/Sql/claim_parked.sql", "executions_parked", "executions_pkey");
        yield return Hot("Executions/Sql/wake.sql", "execution_steps_awaited", "execution_steps_pkey", "executions_pkey", "signals_pkey");
        yield return Hot("Queue/Sql/next_wake.sql", "executions_due");
        yield return Hot("Queue/Sql/held.sql", "executions_leased");
        yield return Hot("Queue/Sql/release.sql", "executions_leased");
        yield return Hot("Queue/Sql/rescue.sql", "executions_leased", "executions_pkey", "nodes_pkey");
        yield return Hot("Queue/Sql/cancel.sql", "executions_pkey");
        yield return Hot("Queue/Sql/resume.sql", "dead_letters_execution", "execution_steps_pkey", "executions_pkey");
        yield return Hot("Queue/Sql/load_steps.sql", "execution_steps_pkey");
        yield return Hot("Queue/Sql/load_deliveries.sql", $"{PlanData.LastSlice}_pkey", "deliveries_0_rest_pkey", "deliveries_rest_pkey") with
        {
            Arguments = new() { [3] = $"'{PlanData.First(3)}'", [4] = $"'{PlanData.First(4)}'" },
        };
        yield return Hot("Quarantine/Sql/release.sql", "quarantine_rest_pkey") with
        {
            Arguments = new() { [1] = $"ARRAY['{PlanData.First(0)}'::uuid]" },
        };
        yield return Hot("Retention/Sql/needed.sql", "dead_letters_open", "executions_due", "executions_leased");
        yield return Hot("Retention/Sql/expire_rest.sql", "dead_letters_open", "deliveries_0_rest_pkey", "executions_delivery");
        yield return Hot("Retention/Sql/forget_keys.sql", "delivery_keys_expiry");
        yield return Hot("Retention/Sql/forget_counts.sql", "intake_counts_minute", "refusals_minute");
    }

    private static PlannedStatement Hot(Statement statement, params string[] indexes) => Hot(statement.Path, statement.Text, indexes);

    private static PlannedStatement Hot(string path, params string[] indexes) => Hot(path, SqlText.Load(path), indexes);

    private static PlannedStatement Hot(string path, string sql, string[] indexes) =>
        new(
            path,
            Comments().Replace(sql, "").Replace("{parent}", "deliveries_0", StringComparison.Ordinal).Replace("{column}", "expired", StringComparison.Ordinal),
            indexes,
            [],
            []
        );

    private static IEnumerable<PlannedStatement> Searches()
    {
        var all = new DeliveryQuery();
        var silent = new DeliveryQuery { Sources = [PlanData.SilentSource] };
        var several = new DeliveryQuery { Sources = [PlanData.SilentSource, PlanData.LivingNode] };
        foreach (var table in DeliverySearch.Tables)
        {
            yield return Search(table, "newest", all, table.Select(all, 51), "pkey");
            yield return Search(table, "of a Source", silent, table.Select(silent, 51), "source_id_id_idx");
            yield return Search(table, "of several Sources", several, table.Select(several, 51), "source_id_id_idx");
            yield return Search(table, "run of several Sources", several, table.Floor(several, 5000, 1 << 20), "source_id_id_idx");
            yield return Search(table, "run", all, table.Floor(all, 5000, 1 << 20), "pkey");
            yield return Search(table, "run of a Source", silent, table.Floor(silent, 5000, 1 << 20), "source_id_id_idx");
            if (table.HasBody)
            {
                var text = silent with { Text = "needle" };
                yield return Search(table, "text of a Source", text, table.Select(text, 51), "source_id_id_idx");
                yield return Search(table, "run for text", text, table.Floor(text, 5000, 1 << 20), "source_id_id_idx");
            }
        }
    }

    private static IEnumerable<PlannedStatement> Lists()
    {
        using var database = new HubDbContext(HubContextOptions.For(new NpgsqlConnection()));
        yield return List(
            "executions that failed with a code",
            database.Executions.FailedWithCode("code-1").OrderByDescending(row => row.Id).Take(51),
            "executions_code"
        );
        yield return List("dead letters of a code", database.DeadLetters.OfCode("code-1").OrderByDescending(row => row.Id).Take(51), "dead_letters_code");
        Guid[] workflows = [Guid.Empty, PlanData.LivingNode];
        var ofWorkflows = database.Executions.NewestOf(workflows, 51);
        yield return List("executions of several workflows", ofWorkflows, "executions_workflow");
        yield return List("dead letters of several workflows", database.DeadLetters.NewestOf(workflows, 51), "dead_letters_workflow");
        var failed = new DeliveryQuery { Sources = [PlanData.SilentSource], Outcome = "failed" };
        var deliveries = DeliverySearch.Tables[0];
        var search = Search(deliveries, "of an outcome", failed, deliveries.Select(failed, 51), "source_id_id_idx");
        yield return search with
        {
            Indexes = [.. search.Indexes, "executions_delivery"],
        };
    }

    private static PlannedStatement List(string name, IQueryable query, string index)
    {
        using var command = query.CreateDbCommand();
        var values = command
            .Parameters.Cast<NpgsqlParameter>()
            .ToDictionary(parameter => parameter.ParameterName.TrimStart('@'), parameter => parameter.Value!);
        return new(name, command.CommandText, [index], [], values) { IsToldTheOrder = false };
    }

    private static PlannedStatement Search(DeliveryTable table, string name, DeliveryQuery query, string sql, string index)
    {
        var values = new Dictionary<string, object> { ["lowest"] = Guid.Empty, ["end"] = PlanData.First(4) };
        if (query.Sources is { } sources)
        {
            values["source"] = sources.ToArray();
        }

        if (query.Outcome is { } outcome)
        {
            values["outcome"] = outcome;
        }

        if (query.Text is { } text && sql.Contains("@text", StringComparison.Ordinal))
        {
            values["text"] = Encoding.UTF8.GetBytes(text);
        }

        return new($"{table.Name}, {name}", sql, [.. PlanData.PartitionsOf(table.Name).Select(partition => IndexOf(partition, index))], [], values);
    }

    /// <summary>Of partitions PostgreSQL made the names; the other tables' are the migrations'.</summary>
    private static string IndexOf(string table, string index) => table == "quarantine_rest" && index != "pkey" ? "quarantine_rest_source" : $"{table}_{index}";

    [GeneratedRegex("^--.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comments();
}
