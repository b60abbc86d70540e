using Npgsql;

namespace Hub.Storage;

/// <summary>
/// Tells what an exception is about, by the SQLSTATE where the server gave one: the server itself, a value, or the statement. Only what Npgsql threw, and a
/// wait for the database that was too long, counts: a broken connection of a sender or of a called service is not the database's.
/// </summary>
public static class DatabaseExceptions
{
    /// <summary>The server refuses a value: data (22), constraint (23), a limit of its program (54).</summary>
    private static readonly string[] OfTheValue = ["22", "23", "54"];

    /// <summary>
    /// The server speaks of its own state or of who may come in: connection (08), log-in (28), no such database (3D), rolled back (40), resources such as a
    /// full disk (53), something in use or not ready (55), operator (57), system (58), snapshot (72), its configuration (F0), its own bug or damaged data (XX).
    /// </summary>
    private static readonly string[] OfTheServer = ["08", "28", "3D", "40", "53", "55", "57", "58", "72", "F0", "XX"];

    /// <summary>The server takes no writes, as it became a standby (25006), or ended a transaction that took too long (25P03, 25P04).</summary>
    private static readonly string[] OfTheSession = ["25006", "25P03", "25P04"];

    /// <summary>Whether writing it again can only fail again: the server refuses a value, or the value cannot be encoded.</summary>
    public static bool IsOfTheEntry(Exception exception) =>
        exception is ArgumentException || (exception is PostgresException { IsTransient: false } refused && OfTheValue.Contains(refused.SqlState[..2]));

    /// <summary>Whether the server cannot keep or look for a text, as it has none with U+0000. Looks inside too.</summary>
    public static bool IsOfText(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.CharacterNotInRepertoire;

    /// <summary>
    /// Whether the database did not answer, or could not: the same may succeed when it is back. A statement it calls wrong is not that. Looks inside
    /// too, as Entity Framework wraps what the connection said into an <see cref="InvalidOperationException"/>.
    /// </summary>
    public static bool IsAway(Exception exception) => Find(exception) is { } found && (found is not PostgresException said || SpeaksOfItself(said));

    /// <summary>
    /// Whether the same may succeed later, unchanged: the database is away, or it does not take the statement until somebody mends the schema or the role's
    /// rights. Looks inside too.
    /// </summary>
    public static bool MaySucceedLater(Exception exception) => Find(exception) is { } found && !IsOfTheEntry(found);

    /// <summary>What the database said, or that it said nothing in time; null when the exception is about something else.</summary>
    private static Exception? Find(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            // Kinds of TimeoutException are others' (a regular expression that took too long); and Npgsql wraps what its own connection throws.
            if (inner is NpgsqlException || inner.GetType() == typeof(TimeoutException))
            {
                return inner;
            }

            if (inner is IOException or OperationCanceledException { InnerException: not NpgsqlException })
            {
                return null;
            }
        }

        return null;
    }

    private static bool SpeaksOfItself(PostgresException said) =>
        said.IsTransient || OfTheSession.Contains(said.SqlState) || OfTheServer.Contains(said.SqlState[..2]);
}
