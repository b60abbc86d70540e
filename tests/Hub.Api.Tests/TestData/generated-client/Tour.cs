using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Hub.GeneratedClient;

/// <summary>
/// The tour of the README with nothing but the client that was generated from the hub's description. The test compiles it together with that client.
/// </summary>
public static class Tour
{
    private const string Secret = "the-secret-of-the-tour";

    /// <summary>What was met on the way, for the test to look at.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(HttpClient http, string receiver)
    {
        var client = new HubClient(http);
        var source = await client.CreateSourceAsync(
            new NewSource
            {
                Name = "client-orders",
                Signature = new NewSignature
                {
                    Scheme = "generic-hmac",
                    Secrets = [Secret],
                    AdditionalProperties = new Dictionary<string, object> { ["header"] = "X-Signature" },
                },
            }
        );
        var workflow = await client.CreateWorkflowAsync(Document(receiver));
        await client.ActivateWorkflowAsync(workflow.Id);

        var accepted = await client.ReceiveWebhookAsync(source.Token, new { id = "A-1", total = 250 });
        var started = await UntilAsync(() => client.GetDeliveryStatusAsync(accepted.DeliveryId), status => status.Status != "in_progress");
        var failed = await client.GetExecutionAsync(started.Executions.Single().Id);
        var letter = (await client.ListDeadLettersAsync(workflowId: workflow.Id, status: "open")).Items.Single();
        var replayed = await client.ReplayDeadLetterAsync(letter.Id, new ReplayRequest { Mode = "resume" });
        var done = await UntilAsync(() => client.GetExecutionAsync(replayed.ExecutionId), execution => execution.Status == ExecutionStatus.Completed);
        return new Dictionary<string, string>
        {
            ["delivery"] = started.Status,
            ["failed"] = $"{failed.Status}",
            ["branch"] = $"{failed.Steps.First(step => step.Id == "big").Output}",
            ["replayed"] = $"{replayed.ExecutionId == failed.Id}",
            ["letter"] = $"{(await client.GetDeadLetterAsync(letter.Id)).Status}",
            ["done"] = $"{done.Status}",
            ["deliveries"] = $"{(await client.ListDeliveriesAsync(source: "client-orders")).Items.Count}",
            ["second"] = await RefusalOfASecondAsync(client),
            ["wrong"] = await RefusalOfAWrongOneAsync(client),
        };
    }

    private static async Task<string> RefusalOfASecondAsync(HubClient client)
    {
        try
        {
            await client.CreateSourceAsync(
                new NewSource
                {
                    Name = "client-orders",
                    Signature = new NewSignature { Scheme = "none" },
                }
            );
            return "created";
        }
        catch (ApiException<ProblemDetails> refused)
        {
            return $"{refused.StatusCode} {refused.Result.Code}";
        }
    }

    private static async Task<string> RefusalOfAWrongOneAsync(HubClient client)
    {
        try
        {
            await client.CreateSourceAsync(
                new NewSource
                {
                    Name = "",
                    Signature = new NewSignature { Scheme = "github" },
                }
            );
            return "created";
        }
        catch (ApiException<ProblemDetails> refused)
        {
            return string.Join(", ", refused.Result.Errors.Select(error => error.Pointer));
        }
    }

    private static JsonElement Document(string receiver) =>
        JsonDocument
            .Parse(
                $$$"""
                {
                  "schema": "flowpilot/v1",
                  "name": "Orders of the client",
                  "trigger": { "type": "webhook", "source": "client-orders" },
                  "steps": [
                    { "id": "big", "type": "if",
                      "when": { "path": "$.trigger.body.total", "op": "greater_than", "value": 100 } },
                    { "id": "tell", "type": "http.request", "after": ["big.true"],
                      "with": { "method": "POST", "url": "{{{receiver}}}", "body": { "order": "{{ trigger.body.id }}" } },
                      "retry": { "attempts": 1 } }
                  ]
                }
                """
            )
            .RootElement;

    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isSo)
    {
        for (var i = 0; i < 400; i++)
        {
            var answer = await ask();
            if (isSo(answer))
            {
                return answer;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException("It did not come to be so within 20 s.");
    }

    /// <summary>Signs a webhook as its sender would.</summary>
    public static void Sign(HttpRequestMessage request)
    {
        if (request.RequestUri!.ToString().Contains("webhooks/incoming/", StringComparison.Ordinal))
        {
            var body = request.Content!.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            request.Headers.Add("X-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        }
    }
}

public partial class HubClient
{
    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
        request.RequestUri = new Uri(url, UriKind.RelativeOrAbsolute);
        Tour.Sign(request);
    }
}
