using System.Net.Sockets;
using Npgsql;

namespace Hub.Storage.Health;

/// <summary>Says in plain words what the database failed of, without names of hosts, roles, tables or files: anybody may read it.</summary>
internal static class ExceptionText
{
    public static string Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PostgresException said:
                    return $"{Of(said.SqlState)} (SQLSTATE {said.SqlState})";
                case SocketException:
                    return "it cannot be reached";
                case TimeoutException or OperationCanceledException:
                    return "it did not answer in time: a table may be locked, or the server hangs";
            }
        }

        return exception is NpgsqlException ? "the connection to it broke" : "the hub met an error of its own; its log says more";
    }

    private static string Of(string state) =>
        state switch
        {
            PostgresErrorCodes.DiskFull => "its disk is full",
            PostgresErrorCodes.OutOfMemory => "it has no memory left",
            PostgresErrorCodes.TooManyConnections => "it has no connection left for the hub",
            PostgresErrorCodes.ReadOnlySqlTransaction => "it takes no writes: it is a standby, or set read-only",
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => "a statement had to wait for too long: a table may be locked",
            PostgresErrorCodes.InsufficientPrivilege => "the hub's role lacks a right that it needs",
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => "a table or column that the hub needs is missing",
            _ => OfClass(state[..2]),
        };

    private static string OfClass(string kind) =>
        kind switch
        {
            "08" => "the connection to it broke",
            "22" or "23" => "it refuses the values that the hub writes: a trigger or constraint may have been added",
            "28" => "it does not let the hub's role in",
            "3D" => "its database does not exist",
            "53" => "it has run out of a resource",
            "57" => "it is being started or stopped",
            "58" => "its operating system reported an error",
            "XX" => "it reported an error of its own, or damaged data",
            _ => "it refused the statement",
        };
}
