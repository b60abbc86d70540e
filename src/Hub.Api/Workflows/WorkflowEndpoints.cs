using System.ComponentModel.DataAnnotations;
using System.Text;
using Hub.Api.Bodies;
using Hub.Api.Errors;
using Hub.Engine.Catalog;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Inbox;
using Hub.Storage.Workflows;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Hub.Api.Workflows;

internal static class WorkflowEndpoints
{
    private const int LargestDocument = 1 << 20;
    private const int LargestInput = 1 << 20;
    private const int LongestKey = 255;

    public static void MapWorkflows(this IEndpointRouteBuilder app)
    {
        var group = app.MapApi("workflows", "Workflows");
        group
            .MapPost("", Create)
            .WithName("createWorkflow")
            .WithSummary("Stores a flowpilot/v1 document as a draft.")
            .TakesJsonText()
            .ProducesProblem(409)
            .ProducesProblem(422);
        group
            .MapPut("/{id:guid}", Update)
            .WithName("updateWorkflow")
            .WithSummary("Stores a new version; an active workflow runs it from now on, executions under way keep theirs. The same document again makes none.")
            .TakesJsonText()
            .ProducesProblem(422);
        group
            .MapGet("", List)
            .WithName("listWorkflows")
            .WithSummary("In the order they were made. Filters: name, status (draft, active, inactive), source (its name).");
        group.MapGet("/{id:guid}", Get).WithName("getWorkflow").WithSummary("One workflow with the document of its newest version.");
        group
            .MapDelete("/{id:guid}", Delete)
            .WithName("deleteWorkflow")
            .WithSummary("Deletes a workflow that is not active. Its executions stay; those that wait or are under way go on to their end.")
            .ProducesProblem(409);
        group
            .MapPost("/{id:guid}/activate", Activate)
            .WithName("activateWorkflow")
            .WithSummary("Has the newest version run from now on, by the deliveries of its Source.");
        group.MapPost("/{id:guid}/deactivate", Deactivate).WithName("deactivateWorkflow").WithSummary("Has it started by nothing; executions under way go on.");
        group
            .MapPost("/{id:guid}/execute", Execute)
            .WithName("executeWorkflow")
            .WithSummary(
                "Runs the newest version by hand; the JSON body is its trigger.body. With an Idempotency-Key a repetition answers 200 with the first "
                    + "execution and starts nothing."
            )
            .TakesJsonText()
            .ProducesProblem(422);
        group.MapVersions();
        group.MapSwitchOn();
        app.MapWorkflowSchema();
    }

    private static async Task<Results<Created<WorkflowView>, ProblemHttpResult>> Create(
        HttpContext context,
        BodyReader bodies,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    )
    {
        var (document, problem) = await ReadDocumentAsync(context, bodies, workflows, cancellationToken);
        if (document is null)
        {
            return problem!;
        }

        var answer = await workflows.AddAsync(document, cancellationToken);
        return answer.Workflow is { } workflow
            ? TypedResults.Created($"/api/v1/workflows/{workflow.Id}", View(workflow, null, document.Warnings))
            : answer.Problem!;
    }

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Update(
        Guid id,
        HttpContext context,
        BodyReader bodies,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    )
    {
        var (document, problem) = await ReadDocumentAsync(context, bodies, workflows, cancellationToken);
        if (document is null)
        {
            return problem!;
        }

        return await workflows.ReplaceAsync(id, document, cancellationToken) switch
        {
            { Workflow: { } workflow } => TypedResults.Ok(View(workflow, null, document.Warnings)),
            { Problem: { } refused } => refused,
            _ => Problems.NotFound("workflow"),
        };
    }

    private static async Task<Results<Ok<CountedPage<WorkflowView>>, ProblemHttpResult>> List(
        HubDbContext database,
        CancellationToken cancellationToken,
        string? name = null,
        string? status = null,
        string? source = null,
        [Range(1, PageSize.Most)] int limit = PageSize.Default,
        [Range(0, int.MaxValue)] int offset = 0
    )
    {
        var workflows = database.Workflows.AsQueryable();
        if (status is not null)
        {
            if (!Enum.TryParse<WorkflowStatus>(status, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
            {
                return Problems.Create(400, "status_unknown", $"'{status}' is not a state of a workflow. Use draft, active or inactive.");
            }

            workflows = workflows.Where(workflow => workflow.Status == wanted);
        }

        workflows = name is null ? workflows : workflows.Where(workflow => workflow.Name == name);
        workflows = source is null ? workflows : workflows.Where(workflow => workflow.Source == source);
        var rows = await workflows.OrderBy(workflow => workflow.Id).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        var count = await workflows.CountAsync(cancellationToken);
        return TypedResults.Ok(new CountedPage<WorkflowView>([.. rows.Select(workflow => View(workflow, null, null))], count, limit, offset));
    }

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Get(
        Guid id,
        HttpRequest request,
        HubDbContext database,
        PublicAddress address,
        CancellationToken cancellationToken
    )
    {
        if (await database.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken) is not { } found)
        {
            return Problems.NotFound("workflow");
        }

        var definition = await database
            .WorkflowVersions.Where(version => version.WorkflowId == id && version.Version == found.Version)
            .Select(version => version.Definition)
            .SingleAsync(cancellationToken);
        var switchedOff = await SwitchedOffSteps.OfAsync(database, id, address.Of(request), cancellationToken);
        return TypedResults.Ok(View(found, definition, null) with { SwitchedOff = switchedOff });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Guid id, WorkflowOperations workflows, CancellationToken cancellationToken) =>
        await workflows.RemoveAsync(id, cancellationToken) switch
        {
            { Workflow: not null } => TypedResults.NoContent(),
            { Problem: { } refused } => refused,
            _ => Problems.NotFound("workflow"),
        };

    private static Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Activate(Guid id, WorkflowOperations workflows, CancellationToken cancellationToken) =>
        SetStatus(id, WorkflowStatus.Active, workflows, cancellationToken);

    private static Task<Results<Ok<WorkflowView>, ProblemHttpResult>> Deactivate(Guid id, WorkflowOperations workflows, CancellationToken cancellationToken) =>
        SetStatus(id, WorkflowStatus.Inactive, workflows, cancellationToken);

    private static async Task<Results<Ok<WorkflowView>, ProblemHttpResult>> SetStatus(
        Guid id,
        WorkflowStatus status,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    ) =>
        await workflows.SetStatusAsync(id, status, cancellationToken) switch
        {
            { Workflow: { } workflow } => TypedResults.Ok(View(workflow, null, null)),
            { Problem: { } refused } => refused,
            _ => Problems.NotFound("workflow"),
        };

    private static async Task<Results<Accepted<StartedByHand>, Ok<StartedByHand>, ProblemHttpResult>> Execute(
        Guid id,
        HttpContext context,
        BodyReader bodies,
        HubDbContext database,
        DeliveryIntake intake,
        PublicAddress address,
        CancellationToken cancellationToken
    )
    {
        using var body = await bodies.ReadAsync(context, Guid.Empty, LargestInput);
        if (body.Bytes is not { } input)
        {
            return BodyProblem.Of(body, "An input", context);
        }

        if (!ByteOrderMark.Off(input).IsEmpty && JsonText.ErrorOf(input) is { } error)
        {
            return Problems.Create(400, "invalid_json", $"The input is not JSON: {error}.");
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (!NameText.Fits(key, LongestKey) || key.Any(char.IsControl))
        {
            return Problems.Create(
                400,
                "idempotency_key_invalid",
                $"An Idempotency-Key has at most {LongestKey} characters, of at most {NameText.MostBytes} bytes, and no control characters."
            );
        }

        if (await database.Workflows.FirstOrDefaultAsync(workflow => workflow.Id == id, cancellationToken) is not { } workflow)
        {
            return Problems.NotFound("workflow");
        }

        var text = Encoding.UTF8.GetString(ByteOrderMark.Off(input)) is { Length: > 0 } given ? given : "{}";
        var active = new ActiveWorkflow(id, workflow.Version);
        var (execution, receipt) =
            key.Length > 0 ? await intake.StartOnceAsync(active, text, key)
            : await intake.StartAsync(active, "manual", null, text, null) is { } started ? (started, new InboxReceipt(InboxVerdict.Kept))
            : default;
        var answer = new StartedByHand(execution, $"{address.Of(context.Request)}/api/v1/executions/{execution}");
        return receipt switch
        {
            { Verdict: InboxVerdict.Duplicate, IsSameInput: false } => Problems.Create(
                422,
                "idempotency_key_reused",
                $"The key was used before with another input, for execution {execution}. Send a new key with a new input."
            ),
            { Verdict: InboxVerdict.Duplicate } => TypedResults.Ok(answer),
            { Verdict: InboxVerdict.Kept } when execution != default => TypedResults.Accepted((string?)null, answer),
            _ => Problems.Create(503, "not_kept", "The execution could not be kept and was not started. Try again shortly."),
        };
    }

    private static async Task<(StoredDocument? Document, ProblemHttpResult? Problem)> ReadDocumentAsync(
        HttpContext context,
        BodyReader bodies,
        WorkflowOperations workflows,
        CancellationToken cancellationToken
    )
    {
        using var body = await bodies.ReadAsync(context, Guid.Empty, LargestDocument);
        return body.Bytes is { } bytes ? await workflows.CheckAsync(bytes, cancellationToken) : (null, BodyProblem.Of(body, "A workflow document", context));
    }

    private static WorkflowView View(Workflow workflow, string? definition, IReadOnlyList<WorkflowError>? warnings) =>
        new(
            workflow.Id,
            workflow.Name,
            workflow.Version,
            workflow.Status,
            workflow.Source,
            workflow.CreatedAt,
            workflow.UpdatedAt,
            RawJson.From(definition),
            warnings
        );
}
