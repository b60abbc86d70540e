using Hub.Storage.Executions;
using Hub.Storage.Queue;
using Npgsql;
using NpgsqlTypes;

namespace Hub.Storage.DeadLetters;

/// <summary>Replays many dead letters with few statements: each is one transaction for a batch of them.</summary>
public sealed class DeadLetterReplays(HubDatabase database)
{
    /// <summary>How many letters one statement takes.</summary>
    public const int Batch = 500;

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

    /// <summary>The executions of a batch of letters go on where they failed, each with the version chosen for it.</summary>
    /// <returns>What became of each letter that exists.</returns>
    public Task<IReadOnlyList<LetterReplay>> ResumeAsync(Guid[] letters, IReadOnlyList<Resumption> chosen, CancellationToken cancellationToken) =>
        RunAsync(
            ResumeManySql,
            [
                letters,
                ExecutionStateMachine.Resumable,
                chosen.Select(each => each.ExecutionId).ToArray(),
                chosen.Select(each => each.Version).ToArray(),
                chosen.Select(each => each.Claim).ToArray(),
            ],
            cancellationToken
        );

    /// <summary>New executions of the newest versions begin from the same deliveries or inputs as those of a batch of letters.</summary>
    /// <returns>What became of each letter that exists.</returns>
    public Task<IReadOnlyList<LetterReplay>> RestartAsync(Guid[] letters, DateTimeOffset now, CancellationToken cancellationToken) =>
        RunAsync(RestartManySql, [letters, Array.ConvertAll(letters, _ => Guid.CreateVersion7(now))], cancellationToken);

    private async Task<IReadOnlyList<LetterReplay>> RunAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var replays = new List<LetterReplay>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            replays.Add(new LetterReplay(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetGuid(2)));
        }

        return replays;
    }
}

/// <summary>What became of a dead letter that was to be replayed.</summary>
/// <param name="Refusal">The code of why it was not; null when it was.</param>
/// <param name="ExecutionId">The execution that runs now.</param>
public sealed record LetterReplay(Guid LetterId, string? Refusal, Guid? ExecutionId);
