using System.Globalization;
using Npgsql;

namespace Hub.Storage.Notifications;

/// <summary>What nodes tell each other through PostgreSQL's NOTIFY. A lost notice costs time, never work: polling finds it.</summary>
public sealed class HubChannel(HubDatabase database)
{
    private const string Name = "hub_notice";

    /// <summary>Tells every node, this one included.</summary>
    /// <param name="claim">For <see cref="HubNotice.Cancelled"/>: the number that voids every claim below it.</param>
    public async Task NotifyAsync(HubNotice notice, Guid id, CancellationToken cancellationToken, int? claim = null)
    {
        await using var command = database.ApiSource.CreateCommand("SELECT pg_notify($1, $2)");
        command.Parameters.AddWithValue(Name);
        command.Parameters.AddWithValue($"{notice}:{id}:{claim}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls <paramref name="heard"/> for each notice until the connection breaks or the token is cancelled.</summary>
    public async Task ListenAsync(Action listening, Action<HeardNotice> heard, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notice) =>
        {
            var parts = notice.Payload.Split(':');
            if (parts.Length >= 2 && Enum.TryParse<HubNotice>(parts[0], out var kind) && Guid.TryParse(parts[1], out var id))
            {
                heard(new HeardNotice(kind, id, parts.Length > 2 && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var claim) ? claim : null));
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Name}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        listening();
        try
        {
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
        {
            // Who always waits hears of the server's end first. Idle connections would tell it only to whoever takes them next.
            database.DropConnections();
            throw;
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

/// <summary>A notice as it was heard.</summary>
/// <param name="Claim">Set for <see cref="HubNotice.Cancelled"/>.</param>
public readonly record struct HeardNotice(HubNotice Kind, Guid Id, int? Claim);
