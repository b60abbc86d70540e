using Hub.Storage.Executions;
using Npgsql;

namespace Hub.Storage.Queue;

/// <summary>Reads executions that failed or were cancelled, to go on with them.</summary>
public sealed class EndedExecutions(HubDatabase database)
{
    private static readonly string EndedSql = SqlText.Load("Queue/Sql/ended.sql");

    /// <summary>The execution; null when it has not ended so, or does not exist.</summary>
    public async Task<EndedExecution?> FindAsync(Guid execution, CancellationToken cancellationToken) =>
        (await ReadAsync([execution], [], cancellationToken)).SingleOrDefault();

    /// <summary>Those of these dead letters.</summary>
    public Task<IReadOnlyList<EndedExecution>> OfLettersAsync(Guid[] letters, CancellationToken cancellationToken) => ReadAsync([], letters, cancellationToken);

    private async Task<IReadOnlyList<EndedExecution>> ReadAsync(Guid[] executions, Guid[] letters, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(EndedSql);
        command.Parameters.Add(new NpgsqlParameter { Value = executions });
        command.Parameters.Add(new NpgsqlParameter { Value = letters });
        command.Parameters.Add(new NpgsqlParameter { Value = ExecutionStateMachine.Resumable });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<EndedExecution>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add(
                new EndedExecution(
                    reader.GetGuid(0),
                    reader.GetGuid(1),
                    reader.GetInt32(2),
                    reader.GetInt32(3),
                    reader.IsDBNull(4) ? null : reader.GetGuid(4),
                    reader.IsDBNull(5) ? null : reader.GetInt32(5),
                    !reader.IsDBNull(6) && reader.GetString(6) == "active",
                    reader.GetFieldValue<string[]>(7).Zip(reader.GetFieldValue<string?[]>(8)).ToDictionary(StringComparer.Ordinal),
                    reader.GetFieldValue<string[]>(9),
                    reader.GetFieldValue<string[]>(10)
                )
            );
        }

        return ended;
    }
}
