using Hub.Storage.DeadLetters;
using Microsoft.EntityFrameworkCore;

namespace Hub.Storage.Executions;

/// <summary>What failed with a code, found by index: EF knows no way to look into JSON text.</summary>
public static class FailedWith
{
    /// <summary>Executions that failed with it.</summary>
    public static IQueryable<Execution> FailedWithCode(this DbSet<Execution> executions, string code) =>
        executions.FromSql($"SELECT * FROM hub.executions WHERE error IS NOT NULL AND error->>'code' = {code}");

    /// <summary>Dead letters of executions that failed with it.</summary>
    public static IQueryable<DeadLetter> OfCode(this DbSet<DeadLetter> letters, string code) =>
        letters.FromSql($"SELECT * FROM hub.dead_letters WHERE error->>'code' = {code}");
}
