using System.Text;
using Hub.Engine.Catalog;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>Runs a workflow's newest version by hand.</summary>
public sealed class WorkflowStart(HubDatabase database, ExecutionIntake intake)
{
    private const int LongestKey = 255;

    /// <param name="input">Its <c>trigger.body</c> as JSON; <c>{}</c> when empty.</param>
    /// <param name="key">A repetition with the same key starts nothing and gives the first execution; none when empty.</param>
    public async Task<OperationResult<StartedWorkflow>> ExecuteAsync(
        WorkspaceScope scope,
        Guid id,
        byte[] input,
        string key,
        CancellationToken cancellationToken
    )
    {
        if (!ByteOrderMark.Off(input).IsEmpty && JsonText.ErrorOf(input) is { } error)
        {
            return OperationError.Invalid("invalid_json", $"The input is not JSON: {error}.");
        }

        if (!NameText.Fits(key, LongestKey) || key.Any(char.IsControl))
        {
            return OperationError.Invalid(
                "idempotency_key_invalid",
                $"An Idempotency-Key has at most {LongestKey} characters, of at most {NameText.MostBytes} bytes, and no control characters."
            );
        }

        if (await NewestAsync(scope, id, cancellationToken) is not { } newest)
        {
            return OperationError.NotFound("workflow");
        }

        var text = Encoding.UTF8.GetString(ByteOrderMark.Off(input)) is { Length: > 0 } given ? given : "{}";
        var (execution, receipt) =
            key.Length > 0 ? await intake.StartOnceAsync(newest, text, key)
            : await intake.StartAsync(newest, ExecutionTriggers.Manual, null, text, null) is { } started ? (started, new InboxReceipt(InboxVerdict.Kept))
            : default;
        return receipt switch
        {
            { Verdict: InboxVerdict.Duplicate, IsSameInput: false } => new OperationError(
                OperationErrorKind.Unprocessable,
                "idempotency_key_reused",
                $"The key was used before with another input, for execution {execution}. Send a new key with a new input."
            ),
            { Verdict: InboxVerdict.Duplicate } => new StartedWorkflow(execution, IsRepetition: true),
            { Verdict: InboxVerdict.Kept } when execution != default => new StartedWorkflow(execution, IsRepetition: false),
            _ => OperationError.Unavailable("not_kept", "The execution could not be kept and was not started. Try again shortly."),
        };
    }

    private async Task<ActiveWorkflow?> NewestAsync(WorkspaceScope scope, Guid id, CancellationToken cancellationToken)
    {
        await using var context = database.For(scope);
        return await context.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken) is { } found
            ? new ActiveWorkflow(id, found.Version)
            : null;
    }
}

/// <param name="IsRepetition">Whether it was started by an earlier request with the same key.</param>
public sealed record StartedWorkflow(Guid ExecutionId, bool IsRepetition);
