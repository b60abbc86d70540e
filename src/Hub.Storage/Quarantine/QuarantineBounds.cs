using Hub.Storage.Queue;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Hub.Storage.Quarantine;

/// <summary>
/// Keeps each Source's part of the quarantine within its count, bytes and age. It knows the sizes roughly, by what this node added since it last
/// looked, and looks when a tenth may be too much. Used by one caller at a time.
/// </summary>
public sealed class QuarantineBounds(HubDatabase database, HubNode node, IOptions<QuarantineOptions> options) : IDisposable
{
    private static readonly string TrimSql = SqlText.Load("Quarantine/Sql/trim.sql");
    private static readonly string SizesSql = SqlText.Load("Quarantine/Sql/sizes.sql");

    private readonly Dictionary<Guid, (long Requests, long Bytes)> _sizes = [];
    private readonly SemaphoreSlim _one = new(1, 1);
    private bool _isLoaded;
    private long _trimmed;

    /// <summary>Takes note of what was added, and trims where it has become too much.</summary>
    public async Task EnforceAsync(IEnumerable<QuarantinedRequest> added, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await LoadAsync(cancellationToken);
            var touched = new HashSet<Guid>();
            foreach (var request in added)
            {
                var (requests, bytes) = _sizes.GetValueOrDefault(request.SourceId);
                _sizes[request.SourceId] = (requests + 1, bytes + request.Size);
                touched.Add(request.SourceId);
            }

            var limits = options.Value;
            var most = (long)limits.Megabytes << 20;
            foreach (var source in touched.Where(source => _sizes[source].Requests > limits.Requests * 1.1 || _sizes[source].Bytes > most * 1.1))
            {
                await TrimAsync(source, most, cancellationToken);
            }

            while (_sizes.Values.Sum(size => size.Bytes) > (long)limits.TotalMegabytes << 20)
            {
                var (largest, size) = _sizes.MaxBy(pair => pair.Value.Bytes);
                await TrimAsync(largest, Math.Min(size.Bytes / 2, most), cancellationToken);
            }

            await VacuumAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Looks at every Source again: rows grow old, and other nodes add theirs.</summary>
    public async Task TrimAllAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _isLoaded = false;
            await LoadAsync(cancellationToken);
            foreach (var source in _sizes.Keys.ToArray())
            {
                await TrimAsync(source, (long)options.Value.Megabytes << 20, cancellationToken);
            }

            await VacuumAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
        {
            return;
        }

        await using var command = database.DataSource.CreateCommand(SizesSql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        _sizes.Clear();
        while (await reader.ReadAsync(cancellationToken))
        {
            _sizes[reader.GetGuid(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        }

        _isLoaded = true;
    }

    private async Task TrimAsync(Guid source, long bytes, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(TrimSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = source });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Value.Requests });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = bytes });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.Value.Days });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        _sizes[source] = (reader.GetInt64(0), reader.GetInt64(1));
        _trimmed += reader.GetInt64(2);
    }

    /// <summary>Lets new requests use the disk of those that left. Autovacuum comes too late for a flood.</summary>
    private async Task VacuumAsync(CancellationToken cancellationToken)
    {
        if (_trimmed >= options.Value.Burst)
        {
            await using var command = database.DataSource.CreateCommand("VACUUM hub.quarantine");
            command.CommandTimeout = 300;
            await command.ExecuteNonQueryAsync(cancellationToken);
            _trimmed = 0;
        }
    }
}
