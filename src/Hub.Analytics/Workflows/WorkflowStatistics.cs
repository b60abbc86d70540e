using Hub.Storage;

namespace Hub.Analytics.Workflows;

/// <summary>Answers how workflows went, from the execution rows themselves.</summary>
public sealed class WorkflowStatistics(HubDatabase database)
{
    private static readonly string OutcomesSql = SqlText.Load(typeof(WorkflowStatistics).Assembly, "Workflows/workflow_outcomes.sql");

    /// <summary>One row for each workflow that had executions created in <c>[from, to)</c>.</summary>
    public async Task<IReadOnlyList<WorkflowOutcomes>> OutcomesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = database.ApiSource.CreateCommand(OutcomesSql);
        command.Parameters.AddWithValue(TimedId.FirstOf(from));
        command.Parameters.AddWithValue(TimedId.FirstOf(to));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var outcomes = new List<WorkflowOutcomes>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (completed, failed) = (reader.GetInt64(3), reader.GetInt64(4));
            outcomes.Add(
                new WorkflowOutcomes(
                    reader.GetGuid(0),
                    reader.IsDBNull(1) ? null : reader.GetString(1),
                    reader.GetInt64(2),
                    completed,
                    failed,
                    reader.GetInt64(5),
                    reader.GetInt64(6),
                    completed + failed == 0 ? null : (double)completed / (completed + failed),
                    reader.IsDBNull(7) ? null : reader.GetDouble(7),
                    reader.IsDBNull(8) ? null : reader.GetDouble(8)
                )
            );
        }

        return outcomes;
    }
}
