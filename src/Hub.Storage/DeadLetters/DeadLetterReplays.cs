using Hub.Storage.Executions;
using Npgsql;
using NpgsqlTypes;

namespace Hub.Storage.DeadLetters;

/// <summary>Replays many dead letters with few statements: each is one transaction for a batch of them.</summary>
public sealed class DeadLetterReplays(HubDatabase database)
{
    private const int Batch = 500;

    private static readonly string FindOpenSql = SqlText.Load("DeadLetters/Sql/find_open.sql");
    private static readonly string ResumeManySql = SqlText.Load("DeadLetters/Sql/resume_many.sql");
    private static readonly string RestartManySql = SqlText.Load("DeadLetters/Sql/restart_many.sql");

    /// <summary>Up to so many open ones that fit, the oldest first.</summary>
    public async Task<IReadOnlyList<Guid>> FindOpenAsync(DeadLetterFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(FindOpenSql);
        Add(NpgsqlDbType.Uuid, filter.WorkflowId);
        Add(NpgsqlDbType.Text, filter.StepId);
        Add(NpgsqlDbType.Text, filter.Code);
        Add(NpgsqlDbType.TimestampTz, filter.From?.ToUniversalTime());
        Add(NpgsqlDbType.TimestampTz, filter.To?.ToUniversalTime());
        Add(NpgsqlDbType.Integer, most);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetGuid(0));
        }

        return found;

        void Add(NpgsqlDbType type, object? value) => command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }

    /// <summary>Their executions go on where they failed.</summary>
    /// <returns>For each that exists why it was not replayed, or null.</returns>
    public Task<Dictionary<Guid, string?>> ResumeAsync(IReadOnlyList<Guid> letters, CancellationToken cancellationToken) =>
        RunAsync(ResumeManySql, letters, static _ => new[] { ExecutionStatus.Failed.ToText(), ExecutionStatus.Cancelled.ToText() }, cancellationToken);

    /// <summary>New executions of the newest versions begin from the same deliveries or inputs.</summary>
    /// <returns>For each that exists why it was not replayed, or null.</returns>
    public Task<Dictionary<Guid, string?>> RestartAsync(IReadOnlyList<Guid> letters, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(RestartManySql, letters, batch => Array.ConvertAll(batch, _ => Guid.CreateVersion7(now)), cancellationToken);

    private async Task<Dictionary<Guid, string?>> RunAsync(
        string sql, IReadOnlyList<Guid> letters, Func<Guid[], object> second, CancellationToken cancellationToken)
    {
        var refusals = new Dictionary<Guid, string?>(letters.Count);
        foreach (var batch in letters.Chunk(Batch))
        {
            await using var command = database.DataSource.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = batch });
            command.Parameters.Add(new NpgsqlParameter { Value = second(batch) });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                refusals[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
            }
        }

        return refusals;
    }
}
