using Hub.Storage.DeadLetters;

namespace Hub.Storage.Executions;

/// <summary>
/// The newest rows of some workflows. Of several each is asked for its own, by index: together they have no order in it, and to walk through all the others'
/// can take minutes.
/// </summary>
public static class NewestOfWorkflows
{
    /// <summary>So many are asked one by one; more bear one name only where somebody makes and deletes them by the hundred.</summary>
    private const int MostAsked = 50;

    /// <param name="executions">Those that are wanted at all.</param>
    /// <param name="workflows">Null for all.</param>
    /// <param name="count">So many at most.</param>
    public static IQueryable<Execution> NewestOf(this IQueryable<Execution> executions, IReadOnlyList<Guid>? workflows, int count)
    {
        var wanted = workflows switch
        {
            null => executions,
            { Count: <= MostAsked } => workflows.Select(Of).Aggregate(Queryable.Concat),
            _ => executions.Where(row => workflows.Contains(row.WorkflowId)),
        };
        return wanted.OrderByDescending(row => row.Id).Take(count);

        IQueryable<Execution> Of(Guid workflow) => executions.Where(row => row.WorkflowId == workflow).OrderByDescending(row => row.Id).Take(count);
    }

    /// <inheritdoc cref="NewestOf(IQueryable{Execution}, IReadOnlyList{Guid}?, int)"/>
    public static IQueryable<DeadLetter> NewestOf(this IQueryable<DeadLetter> letters, IReadOnlyList<Guid>? workflows, int count)
    {
        var wanted = workflows switch
        {
            null => letters,
            { Count: <= MostAsked } => workflows.Select(Of).Aggregate(Queryable.Concat),
            _ => letters.Where(row => workflows.Contains(row.WorkflowId)),
        };
        return wanted.OrderByDescending(row => row.Id).Take(count);

        IQueryable<DeadLetter> Of(Guid workflow) => letters.Where(row => row.WorkflowId == workflow).OrderByDescending(row => row.Id).Take(count);
    }
}
