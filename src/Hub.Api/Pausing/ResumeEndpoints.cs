using Hub.Api.Errors;
using Hub.Engine.Pausing;
using Hub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Pausing;

/// <summary>A hub that started paused is resumed by a person.</summary>
internal static class ResumeEndpoints
{
    public static void MapResume(this IEndpointRouteBuilder app) =>
        app.MapApi("resume", "Health")
            .MapPost("", Resume)
            .WithName("resumeHub")
            .WithSummary(
                "Has a paused hub receive and run from now on. A data directory that was copied or restored is its own then. Does nothing when it runs."
            )
            .ProducesProblem(503);

    private static async Task<Results<Ok<ResumedHub>, ProblemHttpResult>> Resume(WorkServices work, HubDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(new ResumedHub("running", await work.ResumeAsync(database.SettleHomeAsync, cancellationToken)));
        }
        catch (Exception exception) when (DatabaseExceptions.IsAway(exception) || exception is IOException or UnauthorizedAccessException)
        {
            return Problems.Create(503, "not_resumed", $"The hub stays paused: {exception.Message} Try again.");
        }
    }
}
