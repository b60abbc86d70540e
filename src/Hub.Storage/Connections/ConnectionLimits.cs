using Npgsql;

namespace Hub.Storage.Connections;

/// <summary>How many connections the server lets this hub have.</summary>
/// <param name="MaxConnections">Of the whole server.</param>
/// <param name="Reserved">How many of them are kept for others.</param>
/// <param name="OfTheRole">The role's own limit; null for none.</param>
/// <param name="OfTheDatabase">The database's own limit; null for none.</param>
internal readonly record struct ConnectionLimits(int MaxConnections, int Reserved, int? OfTheRole, int? OfTheDatabase)
{
    private static readonly string Question = SqlText.Load("Connections/Sql/limits.sql");

    public static async Task<ConnectionLimits> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Question, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt32(0), reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetInt32(3));
    }

    /// <summary>What is wrong and what to do, a sentence or two; null when the hub may have what it is set to.</summary>
    /// <param name="wanted">What <c>Hub:Database:MaxConnections</c> says.</param>
    public string? WarningFor(int wanted)
    {
        var (least, setting) = (MaxConnections - Reserved, $"max_connections={MaxConnections}, of which {Reserved} are reserved for others");
        if (OfTheRole < least)
        {
            (least, setting) = (OfTheRole.Value, $"the role's CONNECTION LIMIT {OfTheRole}");
        }

        if (OfTheDatabase < least)
        {
            (least, setting) = (OfTheDatabase.Value, $"the database's CONNECTION LIMIT {OfTheDatabase}");
        }

        return least >= wanted
            ? null
            : $"The PostgreSQL server gives this hub at most {least} connections ({setting}), and Hub:Database:MaxConnections is {wanted}: under load the "
                + "rest is refused. "
                + "Raise the limit, for all nodes and other users together, or lower Hub:Database:MaxConnections.";
    }
}
