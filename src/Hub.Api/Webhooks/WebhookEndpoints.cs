using Hub.Api.Errors;
using Hub.Engine.Intake;
using Hub.Operations.Deliveries;
using Hub.Storage;
using Hub.Storage.Pausing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;

namespace Hub.Api.Webhooks;

/// <summary>The door for senders. It asks for no key: the token names the Source, and the signature proves the sender.</summary>
internal static class WebhookEndpoints
{
    /// <summary>Besides POST: what Sources may allow, and what providers' handshakes come as.</summary>
    private static readonly string[] OtherMethods = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/webhooks").WithTags("Webhooks");

        // What stands between routing and the API is of no use here: who calls has no key, and is not shown pages.
        var door = group.MapGroup("/incoming");
        door.ShortCircuit();
        door.MapMethods("/{token}", OtherMethods, Receive).ExcludeFromDescription().WithMetadata(SenderDoor.Marker);
        door.MapPost("/{token}", Receive)
            .WithMetadata(SenderDoor.Marker)
            .WithName("receiveWebhook")
            .WithSummary("Receives a delivery. 202 comes only after it is committed; what cannot be kept is answered 503.")
            .WithDescription(
                "Other methods are taken as the Source allows, and for providers' handshakes, which are answered and not kept. A Source may be set to "
                    + "answer otherwise than described here."
            )
            .AddOpenApiOperationTransformer(
                (operation, _, _) =>
                {
                    operation.RequestBody = new OpenApiRequestBody
                    {
                        Description =
                            "Whatever the sender posts. It is kept byte for byte; JSON is given to workflows as JSON, forms as objects, anything else as text.",
                        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["*/*"] = new() },
                    };
                    return Task.CompletedTask;
                }
            )
            .Produces<AcceptedDelivery>(202)
            .Produces<AcceptedDelivery>(200)
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(405)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(429)
            .ProducesProblem(503);
        group
            .MapGet("/status/{deliveryId:guid}", Status)
            .WithName("getDeliveryStatus")
            .WithSummary("Tells what became of a delivery. Who knows its id may ask.");
    }

    private static Task Receive(string token, HttpContext context, HubPause pause, WebhookReceiver receiver) =>
        pause.IsPaused ? RefusalAnswers.WriteAsync(context, Refusals.Paused) : receiver.ReceiveAsync(token, context);

    private static async Task<Results<Ok<DeliveryStatus>, ProblemHttpResult>> Status(
        Guid deliveryId,
        WorkspaceScope scope,
        DeliveryOperations deliveries,
        CancellationToken cancellationToken
    ) => (await deliveries.StatusAsync(scope, deliveryId, cancellationToken)).Answer(TypedResults.Ok);
}
