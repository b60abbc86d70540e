using Microsoft.EntityFrameworkCore;

namespace Hub.Storage.Executions;

/// <summary>
/// Finds executions, the newest first. Which Source they came from only their deliveries tell: that is looked for in runs of some thousand rows, for a few
/// seconds at most; the answer then says where to go on.
/// </summary>
public sealed class ExecutionSearch(HubDbContext database, TimeProvider time)
{
    internal const int Run = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="executions">Those that are wanted by what their rows say.</param>
    /// <param name="workflows">Null for all.</param>
    /// <param name="sources">Those whose deliveries they run for; null for any, and for those without a delivery.</param>
    /// <param name="before">Only older ones; null begins with the newest.</param>
    public async Task<ExecutionPage> FindAsync(
        IQueryable<Execution> executions,
        IReadOnlyList<Guid>? workflows,
        IReadOnlyList<Guid>? sources,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (sources is null)
        {
            var rows = await Older(executions, before).NewestOf(workflows, limit + 1).ToListAsync(cancellationToken);
            return rows.Count > limit ? new(rows[..limit], rows[limit - 1].Id) : new(rows, null);
        }

        var found = new List<Guid>();
        var started = time.GetTimestamp();
        while (true)
        {
            var run = await Older(executions, before)
                .NewestOf(workflows, Run)
                .Select(row => new Candidate(row.Id, row.DeliveryId))
                .ToListAsync(cancellationToken);
            var deliveries = await SourcesOfAsync(run.Select(row => row.Delivery), cancellationToken);
            found.AddRange(run.Where(row => row.Delivery is { } id && deliveries.TryGetValue(id, out var of) && sources.Contains(of)).Select(row => row.Id));
            if (found.Count > limit)
            {
                return new(await RowsAsync(found[..limit], cancellationToken), found[limit - 1]);
            }

            before = run.Count < Run ? null : run[^1].Id;
            if (before is null || time.GetElapsedTime(started) > Patience)
            {
                return new(await RowsAsync(found, cancellationToken), before);
            }
        }
    }

    /// <summary>The Sources that deliveries came to, by delivery; none for those that are no longer kept.</summary>
    public async Task<IReadOnlyDictionary<Guid, Guid>> SourcesOfAsync(IEnumerable<Guid?> deliveries, CancellationToken cancellationToken)
    {
        var ids = deliveries.OfType<Guid>().Distinct().Order().ToArray();
        if (ids.Length == 0)
        {
            return new Dictionary<Guid, Guid>();
        }

        // The bounds let the server look into the slices that matter only.
        var (lowest, highest) = (ids[0], ids[^1]);
        return await database
            .Deliveries.Where(row => ids.Contains(row.Id) && row.Id >= lowest && row.Id <= highest)
            .Select(row => new { row.Id, row.SourceId })
            .ToDictionaryAsync(row => row.Id, row => row.SourceId, cancellationToken);
    }

    private static IQueryable<Execution> Older(IQueryable<Execution> executions, Guid? before) =>
        before is { } id ? executions.Where(row => row.Id < id) : executions;

    private Task<List<Execution>> RowsAsync(List<Guid> ids, CancellationToken cancellationToken) =>
        database.Executions.Where(row => ids.Contains(row.Id)).OrderByDescending(row => row.Id).ToListAsync(cancellationToken);

    private sealed record Candidate(Guid Id, Guid? Delivery);
}

/// <param name="Rows">The newest first.</param>
/// <param name="Next">Older than this is the next page; null when there is nothing older.</param>
public sealed record ExecutionPage(List<Execution> Rows, Guid? Next);
