using System.Collections.Concurrent;
using Hub.Storage.Queue;
using Npgsql;

namespace Hub.Storage.Quarantine;

/// <summary>Counts requests that were refused and are not kept. Counting costs the request nothing; the counts are written every few seconds.</summary>
public sealed class RefusalCounts(HubDatabase database, HubNode node)
{
    private static readonly string CountSql = SqlText.Load("Quarantine/Sql/count_refusals.sql");

    private readonly ConcurrentDictionary<(Guid Source, DateTimeOffset Minute, string Reason), long> _counts = new();

    /// <param name="reason">A stable word such as body_too_large; there are few of them.</param>
    public void Add(Guid source, DateTimeOffset receivedAt, string reason)
    {
        _counts.AddOrUpdate((source, WholeMinute.Of(receivedAt), reason), 1, static (_, count) => count + 1);
    }

    /// <summary>Writes what was counted. What cannot be written now is written next time.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // An entry is taken out whole: who adds at this moment begins a new one.
        var rows = new List<KeyValuePair<(Guid Source, DateTimeOffset Minute, string Reason), long>>();
        foreach (var key in _counts.Keys)
        {
            if (_counts.TryRemove(key, out var count))
            {
                rows.Add(new(key, count));
            }
        }

        if (rows.Count == 0)
        {
            return;
        }

        try
        {
            var all = rows.ToArray();
            await using var command = database.DataSource.CreateCommand(CountSql);
            command.Parameters.AddArray(all, row => row.Key.Source);
            command.Parameters.AddArray(all, row => row.Key.Minute);
            command.Parameters.AddArray(all, row => row.Key.Reason);
            command.Parameters.AddArray(all, row => row.Value);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node.Id });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch
        {
            foreach (var (key, count) in rows)
            {
                _counts.AddOrUpdate(key, count, (_, present) => present + count);
            }

            throw;
        }
    }
}
