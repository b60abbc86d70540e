using Npgsql;

namespace Hub.Storage;

/// <summary>The settings of the server that decide whether a commit is on the disk when it is answered.</summary>
/// <param name="Fsync">on or off.</param>
/// <param name="SynchronousCommit">off, or how far a commit has come when it is answered; all the others include the server's own disk.</param>
public readonly record struct Durability(string Fsync, string SynchronousCommit)
{
    private const string Question = "SELECT current_setting('fsync'), current_setting('synchronous_commit')";

    /// <summary>Whether what was acknowledged outlives the server and its machine.</summary>
    public bool IsKept => Fsync is "on" && SynchronousCommit is not (null or "off");

    /// <summary>What is wrong and what to do, a sentence; null when nothing is.</summary>
    public string? Warning =>
        IsKept
            ? null
            : $"The PostgreSQL server runs with fsync={Fsync}, synchronous_commit={SynchronousCommit}: acknowledged webhooks can be lost when it or its "
                + "machine fails. Turn both on.";

    /// <summary>As they are for the connections of this hub now: a server may be started again with others.</summary>
    internal static async Task<Durability> ReadAsync(NpgsqlConnection connection, int timeoutSeconds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Question, connection) { CommandTimeout = timeoutSeconds };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetString(0), reader.GetString(1));
    }
}
