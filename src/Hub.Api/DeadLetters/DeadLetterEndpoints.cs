using System.ComponentModel.DataAnnotations;
using Hub.Api.Errors;
using Hub.Api.Workflows;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Hub.Storage.Executions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.DeadLetters;

internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("dead-letters", "Dead letters");
        group
            .MapGet("", List)
            .WithName("listDeadLetters")
            .WithSummary(
                "Newest first. Filters: workflow (id or name), workflowId, executionId, status (open, replayed, discarded), stepId, code (of the error), "
                    + "from, to. Walk on with cursor=next."
            )
            .ProducesProblem(400);
        group.MapGet("/{id:guid}", Get).WithName("getDeadLetter").WithSummary("One dead letter with every failed try and the run context at the end.");
        group.MapDeadLetterChange();
        group.MapBulkReplay();
        group
            .MapPost("/{id:guid}/replay", Replay)
            .WithName("replayDeadLetter")
            .WithSummary(
                "Runs it again: mode resume (unless given) goes on at the failed step, with the newest version where what has run is unchanged in it; "
                    + "restart begins anew."
            )
            .ProducesProblem(409);
    }

    private static async Task<Results<Ok<KeysetPage<DeadLetterView>>, ProblemHttpResult>> List(
        [AsParameters] DeadLetterParameters wanted,
        HubDbContext database,
        DeadLetterViews views,
        WorkflowNames names,
        CancellationToken cancellationToken,
        [Range(1, PageSize.Most)] int limit = PageSize.Default
    )
    {
        if (TimeBounds.Error(wanted.From, wanted.To) is { } error)
        {
            return error;
        }

        var letters = wanted.Code is { } code ? database.DeadLetters.OfCode(code) : database.DeadLetters;
        if (wanted.Status is { } status)
        {
            if (!Enum.TryParse<DeadLetterStatus>(status, ignoreCase: true, out var state) || !Enum.IsDefined(state))
            {
                return Problems.Create(400, "status_unknown", $"'{status}' is not a state of a dead letter. Use open, replayed or discarded.");
            }

            letters = letters.Where(letter => letter.Status == state);
        }

        var (workflows, problem) = await names.MeantAsync(wanted.WorkflowId, wanted.Workflow, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }

        letters = wanted.ExecutionId is null ? letters : letters.Where(letter => letter.ExecutionId == wanted.ExecutionId);
        letters = wanted.StepId is null ? letters : letters.Where(letter => letter.StepId == wanted.StepId);
        letters = letters.CreatedWithin(wanted.From, wanted.To);
        letters = wanted.Cursor is null ? letters : letters.Where(letter => letter.Id < wanted.Cursor);
        var newest = letters.NewestOf(workflows, limit + 1);
        return TypedResults.Ok(KeysetPage<DeadLetterView>.Of(await views.ListAsync(newest, cancellationToken), limit, row => row.Id));
    }

    private static async Task<Results<Ok<DeadLetterView>, ProblemHttpResult>> Get(Guid id, DeadLetterViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(id, cancellationToken) is { } view ? TypedResults.Ok(view) : Problems.NotFound("dead letter");

    private static async Task<Results<Accepted<Replayed>, ProblemHttpResult>> Replay(
        Guid id,
        ReplayRequest? body,
        HttpRequest request,
        DeadLetterReplayer replayer,
        PublicAddress address,
        CancellationToken cancellationToken
    )
    {
        var answer = (body?.Mode ?? "resume") switch
        {
            "resume" => await replayer.ResumeAsync(id, cancellationToken),
            "restart" => await replayer.RestartAsync(id, cancellationToken),
            var mode => ReplayAnswer.Of(Problems.Create(400, "mode_unknown", $"'{mode}' is not a way to replay. Use resume or restart.")),
        };
        return answer.Resumed is { ExecutionId: var execution } resumed
            ? TypedResults.Accepted(
                (string?)null,
                new Replayed(execution, $"{address.Of(request)}/api/v1/executions/{execution}", resumed.Version, resumed.OlderVersion)
            )
            : answer.Problem!;
    }
}
