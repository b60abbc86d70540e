using Npgsql;

namespace Hub.Storage;

/// <summary>Tells faults of a value from faults of the connection or the server.</summary>
public static class DatabaseFaults
{
    /// <summary>
    /// Whether writing it again can only fail again: the server refuses a value (SQLSTATE classes 22, 23, 54), or the value cannot be encoded.
    /// </summary>
    public static bool IsOfTheEntry(Exception fault) =>
        fault is ArgumentException || (fault is PostgresException { IsTransient: false } refused && refused.SqlState[..2] is "22" or "23" or "54");

    /// <summary>Whether the server cannot keep or look for a text, as it has none with U+0000. Looks inside too.</summary>
    public static bool IsOfText(Exception fault) =>
        (fault as PostgresException ?? fault.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.CharacterNotInRepertoire;

    /// <summary>
    /// Whether the database did not answer, or could not: the same may succeed when it is back. A statement it calls wrong is not that. Looks inside
    /// too, as Entity Framework wraps what the connection said into an <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <remarks>
    /// The driver wraps what its sockets say, so a bare <see cref="IOException"/> is of a file or of another line. A <see cref="TimeoutException"/> is of a wait for the
    /// database that the hub gave up; its subclasses, such as that of a regular expression, speak of other work.
    /// </remarks>
    public static bool IsAway(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException said)
            {
                return SpeaksOfTheServer(said);
            }

            if (inner is NpgsqlException || inner.GetType() == typeof(TimeoutException))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether the server spoke of its own state or of who may come in, rather than of the statement: connection (08), log-in (28), no such database (3D),
    /// resources (53), operator (57), system (58); or it became a standby, which takes no writes (25006).
    /// </summary>
    private static bool SpeaksOfTheServer(PostgresException said) =>
        said.IsTransient || said.SqlState is "25006" || said.SqlState[..2] is "08" or "28" or "3D" or "53" or "57" or "58";
}
