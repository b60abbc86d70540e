using System.Runtime.CompilerServices;
using Npgsql;

namespace Hub.Storage.Health;

/// <summary>Looks how the database is, over a connection that nobody else uses.</summary>
public sealed class DatabaseProbe(HubDatabase database)
{
    /// <summary>On a line that has gone dead, connecting and cancelling take longer than a statement may.</summary>
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(3);

    private static readonly string ProbeSql = SqlText.Load("Health/Sql/probe.sql");

    /// <summary>Asks how safe its commits are, and then tries a write, unless others have succeeded lately. Answers within 3 s.</summary>
    public async Task<ProbeResult> LookAsync(bool writes)
    {
        var answer = new StrongBox<Durability?>();
        try
        {
            await AskTwiceAsync(writes, answer).WaitAsync(AnsweredWithin);
            return new(answer.Value, null);
        }
#pragma warning disable CA1031 // Whatever it is, it is what is asked for here.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(answer.Value, ExceptionText.Of(exception));
        }
    }

    /// <summary>The connection may have died of something that is over, such as a restart of the server.</summary>
    private async Task AskTwiceAsync(bool writes, StrongBox<Durability?> answer)
    {
        using var limit = new CancellationTokenSource(AnsweredWithin);
        try
        {
            await AskAsync(writes, answer, limit.Token);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException && !limit.IsCancellationRequested)
        {
            await AskAsync(writes, answer, limit.Token);
        }
    }

    private async Task AskAsync(bool writes, StrongBox<Durability?> answer, CancellationToken limit)
    {
        await using var connection = await database.ProbeSource.OpenConnectionAsync(limit);
        answer.Value = await Durability.ReadAsync(connection, (int)AnsweredWithin.TotalSeconds, limit);
        if (writes)
        {
            await using var transaction = await connection.BeginTransactionAsync(limit);
            await using var command = new NpgsqlCommand(ProbeSql, connection, transaction);
            await command.ExecuteNonQueryAsync(limit);
            await transaction.CommitAsync(limit);
        }
    }
}

/// <param name="Durability">What it answered; null when it did not.</param>
/// <param name="Failure">Why it did not answer, or did not take the write, in plain words; null when all is well.</param>
public sealed record ProbeResult(Durability? Durability, string? Failure);
