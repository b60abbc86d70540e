using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>A body for every operation that takes JSON, which works when it is sent. A test sends each of them.</summary>
internal static class RequestExamples
{
    private static readonly Dictionary<string, string> ByOperation = new(StringComparer.Ordinal)
    {
        ["createSource"] = Source,
        ["changeSource"] = Source,
        ["rotateSourceAddress"] = """{ "overlapSeconds": 86400 }""",
        ["addSecret"] = """{ "secret": "the-next-secret-of-the-sender", "expireOthersAfter": "24h" }""",
        ["verifyRequest"] = """
            {
              "headers": { "X-Signature": "581030bc52fe472da79229e56f1fef5f109a40393d226b05d5fd74cc4e9d1272" },
              "body": "{\"id\":\"A-1\",\"total\":250}"
            }
            """,
        ["createWorkflow"] = Workflow,
        ["updateWorkflow"] = Workflow,
        ["executeWorkflow"] = """{ "id": "A-1", "total": 250 }""",
        ["createCredential"] = """
            { "name": "team-slack", "connector": "slack", "fields": { "token": "xoxb-of-your-app" } }
            """,
        ["changeCredential"] = """{ "fields": { "token": "xoxb-the-next-one" } }""",
        ["replayDelivery"] = """{ "workflowId": null }""",
        ["releaseDelivery"] = """{ "acceptStale": true }""",
        ["replayDeliveries"] = """{ "filter": { "source": "orders" }, "limit": 100 }""",
        ["changeDeadLetter"] = """{ "note": "The shop was down; replay tomorrow." }""",
        ["replayDeadLetter"] = """{ "mode": "resume" }""",
        ["replayDeadLetters"] = """{ "filter": { "code": "connect_failed" }, "limit": 100 }""",
    };

    private const string Source = """
        {
          "name": "orders",
          "signature": { "scheme": "generic-hmac", "header": "X-Signature", "secrets": ["a-secret-shared-with-the-sender"] },
          "dedupe": "body:/id"
        }
        """;

    private const string Workflow = """
        {
          "schema": "flowpilot/v1",
          "name": "Big orders",
          "trigger": { "type": "webhook", "source": "orders" },
          "steps": [
            { "id": "big", "type": "if",
              "when": { "path": "$.trigger.body.total", "op": "greater_than", "value": 100 } },
            { "id": "say", "type": "log", "after": ["big.true"],
              "with": { "message": "Order {{ trigger.body.id }} is worth {{ trigger.body.total }}" } }
          ]
        }
        """;

    public static void AddTo(OpenApiDocument document)
    {
        foreach (var operation in document.Paths.SelectMany(static path => path.Value.Operations?.Values.ToArray() ?? []))
        {
            if (
                operation.OperationId is { } id
                && ByOperation.TryGetValue(id, out var example)
                && operation.RequestBody?.Content?.TryGetValue("application/json", out var json) is true
                && json is OpenApiMediaType body
            )
            {
                body.Example = JsonNode.Parse(example);
            }
        }
    }
}
