using System.Text.RegularExpressions;
using Npgsql;

namespace Hub.Storage.Tests.Plans;

/// <summary>No plan of a statement that others wait for depends on what the statistics happen to say.</summary>
public sealed partial class PlanTests(PlanFixture plans) : IClassFixture<PlanFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Statements => [.. PlannedStatements.All.Select(statement => statement.Name)];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Plan_WhateverTheStatistics_IsTheSameAndByIndex(string name)
    {
        var statement = PlannedStatements.All.Single(one => one.Name == name);
        var all = plans.PlansOf(statement).ToList();
        var expected = all.Single(plan => plan.State == PlanFixture.Full).Shape;
        Assert.All(all, plan =>
            Assert.True(
                !statement.IsToldTheOrder || plan.Shape == expected,
                $"{name} is planned otherwise.\nWith {PlanFixture.Full}:\n{expected}\nWith {plan.State}:\n{plan.Shape}"
            )
        );
        Assert.All(all.Select(plan => plan.Shape).Distinct(), shape =>
        {
            Assert.Equal(
                statement.Indexes.Order(StringComparer.Ordinal),
                Indexes().Matches(shape).Select(match => match.Groups["index"].Value).Distinct().Order(StringComparer.Ordinal)
            );
            Assert.True(!WholeTables().IsMatch(shape), $"{name} reads a whole table:\n{shape}");
        });
    }

    [Fact]
    public void Statements_InFiles_AreAllPlannedHereOrExcused()
    {
        const string Prefix = "Hub.Storage.";
        var files = typeof(HubDatabase)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && !name.StartsWith($"{Prefix}Migrations.", StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..]);
        var known = PlannedStatements
            .All.Select(statement => statement.Name)
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Concat(PlannedStatements.Excused);
        Assert.Equal("", string.Join(", ", files.Except(known.Select(path => path.Replace('/', '.')))));
    }

    [Fact]
    public async Task Rescue_WhatLivingNodesHold_IsNotRead()
    {
        await using var connection = await plans.Database.HotSource.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var explain = new NpgsqlCommand($"EXPLAIN (ANALYZE, TIMING OFF) {SqlText.Load("Queue/Sql/rescue.sql")}", connection);
        var rows = 0;
        await using var reader = await explain.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            rows += ReadRows().Match(reader.GetString(0)) is { Success: true } read
                ? int.Parse(read.Groups["rows"].Value) * int.Parse(read.Groups["loops"].Value)
                : 0;
        }

        Assert.InRange(rows, 1, 10);
    }

    [GeneratedRegex(@" using (?<index>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Indexes();

    /// <summary>Nodes are few.</summary>
    [GeneratedRegex(@"Seq Scan.* on (?!nodes\b)\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WholeTables();

    [GeneratedRegex(@"Index (Only )?Scan.*actual rows=(?<rows>\d+)(\.\d+)? loops=(?<loops>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadRows();
}
