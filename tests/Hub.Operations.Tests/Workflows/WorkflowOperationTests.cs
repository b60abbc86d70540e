using System.Text;
using Hub.Operations.Executions;
using Hub.Operations.Workflows;
using Hub.Storage.Workflows;

namespace Hub.Operations.Tests.Workflows;

public sealed class WorkflowOperationTests(HubFixture fixture) : OperationTest(fixture)
{
    private WorkflowOperations Workflows => Hub.Get<WorkflowOperations>();

    private WorkflowStart Start => Hub.Get<WorkflowStart>();

    [Fact]
    public async Task Activate_WithoutItsSource_SaysWhatIsMissing()
    {
        var stored = await Workflows.AddAsync(
            Scope,
            """
            {
              "schema": "flowpilot/v1",
              "name": "waits for a Source",
              "trigger": { "type": "webhook", "source": "nowhere" },
              "steps": [{ "id": "note", "type": "log", "with": { "message": "a" } }]
            }
            """u8.ToArray(),
            Cancel
        );
        var error = (await Workflows.ActivateAsync(Scope, stored.Value.Id, Cancel)).Error;
        Assert.Equal((OperationErrorKind.Conflict, "source_missing"), (error?.Kind, error?.Code));
        Assert.Equal(WorkflowStatus.Draft, (await Workflows.FindAsync(Scope, stored.Value.Id, "http://hub", Cancel)).Value.Status);
    }

    [Theory]
    [InlineData("[", OperationErrorKind.Invalid, "invalid_json")]
    [InlineData("""{ "schema": "flowpilot/v1", "name": "a" }""", OperationErrorKind.Unprocessable, "workflow_invalid")]
    public async Task Add_FaultyDocument_IsRefusedWithItsPlace(string document, OperationErrorKind kind, string code)
    {
        var error = (await Workflows.AddAsync(Scope, Encoding.UTF8.GetBytes(document), Cancel)).Error;
        Assert.Equal((kind, code, ""), (error?.Kind, error?.Code, error?.Pointer));
        Assert.False(string.IsNullOrEmpty(error?.Remedy));
    }

    [Fact]
    public async Task Execute_KeyThatWasUsed_StartsNothing()
    {
        var id = (await Workflows.AddAsync(Scope, Manual("with a key"), Cancel)).Value.Id;
        var first = (await Start.ExecuteAsync(Scope, id, "{\"n\":1}"u8.ToArray(), "once", Cancel)).Value;
        var again = (await Start.ExecuteAsync(Scope, id, "{\"n\":1}"u8.ToArray(), "once", Cancel)).Value;
        Assert.Equal((false, true, first.ExecutionId), (first.IsRepetition, again.IsRepetition, again.ExecutionId));
        var other = (await Start.ExecuteAsync(Scope, id, "{\"n\":2}"u8.ToArray(), "once", Cancel)).Error;
        Assert.Equal((OperationErrorKind.Unprocessable, "idempotency_key_reused"), (other?.Kind, other?.Code));
        var executions = await Hub.Get<ExecutionOperations>().ListAsync(Scope, new ExecutionQuery(WorkflowId: id), Cancel);
        Assert.Equal(first.ExecutionId, Assert.Single(executions.Value.Items).Id);
    }

    [Fact]
    public async Task Execute_WorkflowThatIsNotThere_IsNotFound() =>
        Assert.Equal(OperationErrorKind.NotFound, (await Start.ExecuteAsync(Scope, Guid.CreateVersion7(), [], "", Cancel)).Error?.Kind);

    [Fact]
    public async Task Cancel_ExecutionThatHasEnded_SaysItsState()
    {
        var id = (await Workflows.AddAsync(Scope, Manual("ends at once"), Cancel)).Value.Id;
        var started = (await Start.ExecuteAsync(Scope, id, [], "", Cancel)).Value;
        await Hub.EndOfAsync(started.ExecutionId);
        var error = (await Hub.Get<ExecutionOperations>().CancelAsync(Scope, started.ExecutionId, Cancel)).Error;
        Assert.Equal(
            (
                OperationErrorKind.Conflict,
                "state_conflict",
                "The execution is completed and cannot be cancelled. "
                    + "Only what is pending, running, waiting or retrying can be; what has ended stays as it ended."
            ),
            (error?.Kind, error?.Code, error?.Message)
        );
    }

    private static byte[] Manual(string name) =>
        Encoding.UTF8.GetBytes(
            $$"""
            {
              "schema": "flowpilot/v1",
              "name": "{{name}}",
              "trigger": { "type": "manual" },
              "steps": [{ "id": "note", "type": "log", "with": { "message": "a" } }]
            }
            """
        );
}
