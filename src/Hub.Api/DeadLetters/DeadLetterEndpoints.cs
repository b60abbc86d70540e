using Hub.Api.Errors;
using Hub.Storage;
using Hub.Storage.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.DeadLetters;

internal static class DeadLetterEndpoints
{
    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("dead-letters", "Dead letters");
        group.MapGet("", List).WithName("listDeadLetters").WithSummary("Newest first. Filters: workflowId, status (open, replayed). Walk on with cursor=next.").ProducesProblem(400);
        group.MapGet("/{id:guid}", Get).WithName("getDeadLetter");
        group.MapBulkReplay();
        group.MapPost("/{id:guid}/replay", Replay)
            .WithName("replayDeadLetter")
            .WithSummary("Runs it again: mode resume (unless given) goes on at the failed step, with the newest version where what has run is unchanged in it; restart begins anew.")
            .ProducesProblem(409);
    }

    private static async Task<Results<Ok<KeysetPage<DeadLetterView>>, ProblemHttpResult>> List(
        HubDbContext database, CancellationToken cancellationToken, Guid? workflowId = null, string? status = null, Guid? cursor = null, int? limit = null)
    {
        var letters = database.DeadLetters.AsQueryable();
        if (status is not null)
        {
            if (!Enum.TryParse<DeadLetterStatus>(status, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            {
                return Problems.Create(400, "status_unknown", $"'{status}' is not a state of a dead letter. Use open or replayed.");
            }

            letters = letters.Where(letter => letter.Status == wanted);
        }

        letters = workflowId is null ? letters : letters.Where(letter => letter.WorkflowId == workflowId);
        letters = cursor is null ? letters : letters.Where(letter => letter.Id < cursor);
        var size = PageSize.Of(limit);
        var rows = await letters.OrderByDescending(letter => letter.Id).Take(size + 1)
            .Select(l => new DeadLetterView(
                l.Id, l.ExecutionId, l.WorkflowId, l.Version, l.DeliveryId, l.StepId, l.Status, new RawJson(l.Error), l.CreatedAt, l.ReplayedAt, l.ReplayExecutionId, null, null))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(KeysetPage<DeadLetterView>.Of(rows, size, row => row.Id));
    }

    private static async Task<Results<Ok<DeadLetterView>, ProblemHttpResult>> Get(Guid id, HubDbContext database, CancellationToken cancellationToken) =>
        await database.DeadLetters.FirstOrDefaultAsync(letter => letter.Id == id, cancellationToken) is { } l
            ? TypedResults.Ok(new DeadLetterView(
                l.Id, l.ExecutionId, l.WorkflowId, l.Version, l.DeliveryId, l.StepId, l.Status, new RawJson(l.Error), l.CreatedAt, l.ReplayedAt, l.ReplayExecutionId,
                new RawJson(l.ErrorHistory), new RawJson(l.Context)))
            : Problems.NotFound("dead letter");

    private static async Task<Results<Accepted<Replayed>, ProblemHttpResult>> Replay(
        Guid id, ReplayWish? wish, HttpRequest request, DeadLetterReplayer replayer, PublicAddress address, CancellationToken cancellationToken)
    {
        var answer = (wish?.Mode ?? "resume") switch
        {
            "resume" => await replayer.ResumeAsync(id, cancellationToken),
            "restart" => await replayer.RestartAsync(id, cancellationToken),
            var mode => ReplayAnswer.Of(Problems.Create(400, "mode_unknown", $"'{mode}' is not a way to replay. Use resume or restart.")),
        };
        return answer.Resumed is { ExecutionId: var execution } resumed
            ? TypedResults.Accepted((string?)null, new Replayed(execution, $"{address.Of(request)}/api/v1/executions/{execution}", resumed.Version, resumed.OlderVersion))
            : answer.Problem!;
    }
}
