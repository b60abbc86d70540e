using Npgsql;

namespace Hub.Storage;

/// <summary>Tells faults of a value from faults of the connection or the server.</summary>
public static class EntryFaults
{
    /// <summary>
    /// Whether writing it again can only fail again: the server refuses a value (SQLSTATE classes 22, 23, 54), or the value cannot be encoded.
    /// </summary>
    public static bool IsOfTheEntry(Exception fault) =>
        fault is ArgumentException || (fault is PostgresException { IsTransient: false } refused && refused.SqlState[..2] is "22" or "23" or "54");
}
