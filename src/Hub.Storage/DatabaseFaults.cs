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

    /// <summary>
    /// Whether the database did not answer, or could not: the same may succeed when it is back. Looks inside too, as Entity Framework wraps
    /// what the connection said into an <see cref="InvalidOperationException"/>.
    /// </summary>
    public static bool IsAway(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is TimeoutException or IOException || (inner is NpgsqlException && !IsOfTheEntry(inner)))
            {
                return true;
            }
        }

        return false;
    }
}
