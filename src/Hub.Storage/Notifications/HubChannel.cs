using Npgsql;

namespace Hub.Storage.Notifications;

/// <summary>What nodes tell each other through PostgreSQL's NOTIFY. A lost notice costs time, never work: polling finds it.</summary>
public sealed class HubChannel(HubDatabase database)
{
    private const string Name = "hub_notice";

    /// <summary>Tells every node, this one included.</summary>
    public async Task NotifyAsync(HubNotice notice, Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue(Name);
        command.Parameters.AddWithValue($"{notice}:{id}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls <paramref name="heard"/> for each notice until the connection breaks or the token is cancelled.</summary>
    public async Task ListenAsync(Action listening, Action<HubNotice, Guid> heard, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notice) =>
        {
            var parts = notice.Payload.Split(':');
            if (parts.Length == 2 && Enum.TryParse<HubNotice>(parts[0], out var kind) && Guid.TryParse(parts[1], out var id))
            {
                heard(kind, id);
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Name}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        listening();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}

public enum HubNotice
{
    /// <summary>An execution can be claimed now.</summary>
    Due,

    /// <summary>An execution was cancelled.</summary>
    Cancelled,

    /// <summary>A workflow was changed.</summary>
    WorkflowChanged,

    /// <summary>A Source was changed.</summary>
    SourceChanged,

    /// <summary>A credential was changed.</summary>
    CredentialChanged,
}
