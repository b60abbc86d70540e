using System.Text.RegularExpressions;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Hub.Storage.Tests.Plans;

/// <summary>A page of executions or dead letters costs what is on it, and not the history that lies before it.</summary>
public sealed partial class ListTests(PlanFixture plans) : IClassFixture<PlanFixture>
{
    private const int Page = 51;

    private static readonly DateTimeOffset Late = new(2026, 3, 1, 13, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Early = new(2026, 3, 1, 10, 5, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (Func<HubDbContext, IQueryable<object>> Query, int MostRead)> Lists = new(StringComparer.Ordinal)
    {
        ["all"] = (database => Newest(database.Executions), Page),
        ["completed"] = (database => Newest(database.Executions.In(ExecutionStatus.Completed)), 4000),
        ["failed"] = (database => Newest(database.Executions.In(ExecutionStatus.Failed)), Page),
        ["cancelled, of which there are none"] = (database => Newest(database.Executions.In(ExecutionStatus.Cancelled)), 0),
        ["running"] = (database => Newest(database.Executions.In(ExecutionStatus.Running)), 2048),
        ["waiting"] = (database => Newest(database.Executions.In(ExecutionStatus.Waiting)), 4000),
        ["retrying, of which there are none"] = (database => Newest(database.Executions.In(ExecutionStatus.Retrying)), 1000),
        ["of a minute long ago"] = (database => Newest(database.Executions.CreatedWithin(Early, Early.AddMinutes(1))), 6000),
        ["of the last half hour"] = (database => Newest(database.Executions.CreatedWithin(Late, null)), Page),
        ["dead letters"] = (database => Newest(database.DeadLetters), Page),
        ["dead letters, open"] = (database => Newest(database.DeadLetters.Where(letter => letter.Status == DeadLetterStatus.Open)), 2 * Page),
        ["dead letters of a workflow that has none"] = (database => Newest(database.DeadLetters.Where(letter => letter.WorkflowId == PlanData.LivingNode)), 0),
        ["dead letters of a minute long ago"] = (database => Newest(database.DeadLetters.CreatedWithin(Early, Early.AddMinutes(1))), 20),
    };

    public static TheoryData<string> Names() => [.. Lists.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task List_OfMuch_ReadsLittle(string name)
    {
        await using var context = plans.Database.For(WorkspaceScope.Default);
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = (NpgsqlCommand)Lists[name].Query(context).CreateDbCommand();
        command.CommandText = $"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {command.CommandText}";
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                plan.Add(reader.GetString(0));
            }
        }

        var text = string.Join('\n', plan);
        Assert.DoesNotContain("Seq Scan", text, StringComparison.Ordinal);
        var found = plan.Where(line => line.Contains("Scan", StringComparison.Ordinal)).Sum(line => Number(ReadRows(), line));
        var rows = found + plan.Sum(line => Number(Removed(), line));
        Assert.True(rows <= Lists[name].MostRead, $"{rows} rows were read:\n{text}");
    }

    private static IQueryable<object> Newest(IQueryable<Execution> executions) => executions.OrderByDescending(row => row.Id).Take(Page);

    private static IQueryable<object> Newest(IQueryable<DeadLetter> letters) => letters.OrderByDescending(row => row.Id).Take(Page);

    private static int Number(Regex pattern, string line) => pattern.Match(line) is { Success: true } found ? int.Parse(found.Groups["rows"].Value) : 0;

    [GeneratedRegex(@"actual rows=(?<rows>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadRows();

    [GeneratedRegex(@"Rows Removed by [^:]+: (?<rows>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Removed();
}
