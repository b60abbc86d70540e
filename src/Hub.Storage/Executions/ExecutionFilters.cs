using Hub.Storage.DeadLetters;

namespace Hub.Storage.Executions;

/// <summary>
/// Filters of lists that are read in the order of ids, so written that an index knows of them: without that a list of what is rare reads the whole history.
/// </summary>
public static class ExecutionFilters
{
    /// <summary>How far the time in an id and the time of creation may lie apart: one can be this machine's, the other the database's.</summary>
    private static readonly TimeSpan Apart = 2 * HubClock.Tolerance;

    /// <summary>In this state. What a state brings with it, as the table demands it too, leads to the index that holds only such rows.</summary>
    public static IQueryable<Execution> In(this IQueryable<Execution> executions, ExecutionStatus status) =>
        status switch
        {
            ExecutionStatus.Running => executions.Where(row => row.Status == status && row.LeaseNode != null),
            ExecutionStatus.Pending or ExecutionStatus.Waiting or ExecutionStatus.Retrying => executions.Where(row =>
                row.Status == status && row.WakeAt != null
            ),
            _ => executions.Where(row => row.Status == status),
        };

    /// <summary>Created from one time on and before another; ids begin with their time, so that is one stretch of them.</summary>
    public static IQueryable<Execution> CreatedWithin(this IQueryable<Execution> executions, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from?.ToUniversalTime() is { } first)
        {
            var lowest = LowestId(first);
            executions = executions.Where(row => row.Id >= lowest && row.CreatedAt >= first);
        }

        if (to?.ToUniversalTime() is { } end)
        {
            var beyond = TimedId.FirstOf(end + Apart);
            executions = executions.Where(row => row.Id < beyond && row.CreatedAt < end);
        }

        return executions;
    }

    /// <inheritdoc cref="CreatedWithin(IQueryable{Execution}, DateTimeOffset?, DateTimeOffset?)"/>
    public static IQueryable<DeadLetter> CreatedWithin(this IQueryable<DeadLetter> letters, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from?.ToUniversalTime() is { } first)
        {
            var lowest = LowestId(first);
            letters = letters.Where(row => row.Id >= lowest && row.CreatedAt >= first);
        }

        if (to?.ToUniversalTime() is { } end)
        {
            var beyond = TimedId.FirstOf(end + Apart);
            letters = letters.Where(row => row.Id < beyond && row.CreatedAt < end);
        }

        return letters;
    }

    private static Guid LowestId(DateTimeOffset first) => TimedId.FirstOf(first - Apart);
}
