using Hub.Engine.Catalog;
using Hub.Routing.Workflows;

namespace Hub.Api.Workflows;

internal static class WorkflowSchemaEndpoint
{
    public static void MapWorkflowSchema(this IEndpointRouteBuilder app) =>
        app.MapApi("schema", "Workflows")
            .MapGet("/workflow.json", (StepCatalog steps) => TypedResults.Text(WorkflowSchema.Create(steps).Document.GetRawText(), "application/schema+json"))
            .WithName("getWorkflowSchema")
            .WithSummary("The JSON Schema of workflow documents, with the steps that this hub knows.")
            .Produces(200, contentType: "application/schema+json");
}
