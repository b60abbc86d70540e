using System.Text.RegularExpressions;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Hub.Storage.Queue;

namespace Hub.Storage.Tests.Executions;

/// <summary>Every statement that moves executions is run on one in each state: it makes no move that the state machine does not have.</summary>
public sealed partial class MovingStatementTests(StorageFixture storage) : StorageTest(storage)
{
    private const int Claim = 1;

    /// <summary>The end of others, and no statement of its own.</summary>
    private const string Part = "Queue.Sql.claimed.sql";

    private const string Parking = "a destination";

    /// <summary>By file; each is told the node, the execution and its dead letter.</summary>
    private static readonly Dictionary<string, Func<MovingStatementTests, TestNode, Guid, Guid, Task>> Statements = new()
    {
        ["Queue.Sql.claim.sql"] = (_, node, _, _) => node.Queue.ClaimAsync(100, Cancel),
        ["Queue.Sql.claim_parked.sql"] = (_, node, _, _) => node.Queue.ClaimParkedAsync(Parking, 100, Cancel),
        ["Queue.Sql.rescue.sql"] = (_, node, _, _) => node.Queue.RescueAsync(Cancel),
        ["Queue.Sql.release.sql"] = (_, node, execution, _) => node.Queue.ReleaseAsync([execution], Cancel),
        ["Queue.Sql.cancel.sql"] = (_, node, execution, _) => node.Queue.CancelAsync(execution, Cancel),
        ["Queue.Sql.resume.sql"] = (_, node, execution, _) => node.Queue.ResumeAsync(new Resumption(execution, 1, Claim), Cancel),
        ["DeadLetters.Sql.resume_many.sql"] = (test, _, execution, letter) =>
            new DeadLetterReplays(test.Storage.Database).ResumeAsync([letter], [new Resumption(execution, 1, Claim)], Cancel),
        ["Journal.Sql.record.sql"] = (_, node, execution, _) =>
            node.Journal.WriteAsync(new JournalEntry(execution, Claim, ExecutionStatus.Completed, null, 0, null, []), Cancel),
    };

    public static TheoryData<string> Files => [.. Statements.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Statement_OnEachState_MakesOnlyMovesOfTheStateMachine(string file)
    {
        var node = Storage.AddNode();
        var moved = new List<string>();
        foreach (var from in Enum.GetValues<ExecutionStatus>())
        {
            var (execution, letter) = await AddAsync(node, from);
            await Statements[file](this, node, execution, letter);
            var status = ExecutionStatusText.Parse(await StatusAsync(execution));
            if (status != from)
            {
                moved.Add($"{from} -> {status}");
                Assert.True(ExecutionStateMachine.MayMove(from, status), $"{file} moves an execution from {from} to {status}");
            }
        }

        Assert.NotEmpty(moved);
    }

    [Fact]
    public void Statements_ThatSetAStatus_AreAllRunHere()
    {
        const string Prefix = "Hub.Storage.";
        var moving = typeof(HubDatabase)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal) && !name.StartsWith($"{Prefix}Migrations.", StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Where(name => name != Part && Moving().IsMatch(SqlText.Load(name)));
        Assert.Equal(moving.Order(StringComparer.Ordinal), Statements.Keys.Order(StringComparer.Ordinal));
    }

    private async Task<(Guid Execution, Guid Letter)> AddAsync(TestNode node, ExecutionStatus status)
    {
        var (execution, letter) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var rests = status is ExecutionStatus.Pending or ExecutionStatus.Waiting or ExecutionStatus.Retrying;
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.executions (id, workflow_id, version, trigger, status, claim, created_at, wake_at, parked_on, lease_node, finished_at)
            VALUES ($1, $1, 1, 'manual', $2, $3, now(), CASE WHEN $4 THEN now() END, CASE WHEN $4 THEN $5 END, CASE WHEN $6 THEN $7 END,
                CASE WHEN $8 THEN now() END)
            """,
            execution,
            status.ToText(),
            Claim,
            rests,
            Parking,
            status == ExecutionStatus.Running,
            node.Node.Id,
            ExecutionStateMachine.IsFinal(status)
        );
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, status, error, error_history, context, created_at)
            VALUES ($1, $2, $2, 1, 'open', '{}', '[]', '{}', now())
            """,
            letter,
            execution
        );
        return (execution, letter);
    }

    [GeneratedRegex(@"UPDATE hub\.executions( e)?\s+SET[^;]*?\bstatus = ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Moving();
}
