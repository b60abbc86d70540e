using System.Text.RegularExpressions;
using Hub.Storage.Executions;
using Hub.TestSupport;
using Npgsql;

namespace Hub.Storage.Tests.Executions;

/// <summary>The code, the table and the page say the same of an execution's states.</summary>
public sealed partial class ExecutionStateMachineTests(StorageFixture storage) : StorageTest(storage)
{
    private const string Insert =
        "INSERT INTO hub.executions (id, workflow_id, version, trigger, status, wake_at, lease_node, finished_at, created_at) VALUES ($1, $1, 1, "
        + "'manual', $2, ";

    public static TheoryData<ExecutionStatus, bool, bool, bool> Rows
    {
        get
        {
            var rows = new TheoryData<ExecutionStatus, bool, bool, bool>();
            foreach (var status in Enum.GetValues<ExecutionStatus>())
            {
                for (var bits = 0; bits < 8; bits++)
                {
                    rows.Add(status, (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0);
                }
            }

            return rows;
        }
    }

    [Fact]
    public async Task States_InTheTablesCheck_AreThoseOfTheCode() =>
        Assert.Equal(Enum.GetValues<ExecutionStatus>().Select(status => status.ToText()).Order(), await InCheckAsync("executions_status_check"));

    [Fact]
    public async Task Triggers_InTheTablesCheck_AreThoseOfTheCode() =>
        Assert.Equal(ExecutionTriggers.All.Order(), await InCheckAsync("executions_trigger_check"));

    [Fact]
    public void Moves_OnThePage_AreThoseOfTheCode()
    {
        var page = File.ReadAllText(Path.Combine(ConformanceData.RepositoryRoot(), "docs", "state-machine.md"));
        var drawn = Arrow().Matches(page).Select(match => (match.Groups["from"].Value, match.Groups["to"].Value)).ToHashSet();
        var states = Enum.GetValues<ExecutionStatus>();
        var coded = states
            .SelectMany(from => states.Where(to => ExecutionStateMachine.MayMove(from, to)).Select(to => (from.ToText(), to.ToText())))
            .ToHashSet();
        Assert.Equal(coded.Order(), drawn.Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_WithColumnsThatDoNotFitItsState_IsRefusedByTheTable(ExecutionStatus status, bool wakes, bool leased, bool finished)
    {
        var fits =
            leased == (status == ExecutionStatus.Running)
            && wakes == (status is ExecutionStatus.Pending or ExecutionStatus.Waiting or ExecutionStatus.Retrying)
            && finished == ExecutionStateMachine.IsFinal(status);
        var sql = $"{Insert}{(wakes ? "now() + interval '1 year'" : "NULL")}, {(leased ? "$1" : "NULL")}, {(finished ? "now()" : "NULL")}, now())";
        var refused = await Record.ExceptionAsync(() => Storage.ExecuteAsync(sql, Guid.CreateVersion7(), status.ToText()));
        Assert.Equal(fits, refused is null);
        Assert.True(fits || refused is PostgresException { SqlState: PostgresErrorCodes.CheckViolation });
    }

    [Fact]
    public void SourcesOf_EachState_AreTheStatesThatMayMoveThere()
    {
        var states = Enum.GetValues<ExecutionStatus>();
        Assert.All(states, to =>
            Assert.Equal(
                states.Where(from => ExecutionStateMachine.MayMove(from, to)).Select(from => from.ToText()).Order(),
                ExecutionStateMachine.SourcesOf(to).Order()
            )
        );
    }

    [Fact]
    public void Texts_OfEveryState_ReadBack()
    {
        Assert.All(Enum.GetValues<ExecutionStatus>(), status => Assert.Equal(status, ExecutionStatusText.Parse(status.ToText())));
        Assert.False(ExecutionStatusText.TryParse("Running", out _));
        Assert.Throws<FormatException>(() => ExecutionStatusText.Parse("done"));
    }

    private async Task<IEnumerable<string>> InCheckAsync(string name)
    {
        var check = (string)
            (await Storage.AskAsync("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'hub.executions'::regclass AND conname = $1", name))!;
        return Quoted().Matches(check).Select(match => match.Groups["text"].Value).Order();
    }

    [GeneratedRegex("'(?<text>[a-z_]+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\s*(?<from>[a-z]+) --> (?<to>[a-z]+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Arrow();
}
