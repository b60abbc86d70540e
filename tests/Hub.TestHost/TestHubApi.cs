using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Hub.TestHost;

/// <summary>The API's words, for tests that are about something else.</summary>
public sealed partial class TestHub
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly string[] Final = ["completed", "failed", "cancelled"];

    private int _names;

    /// <summary>A Source; by default one that takes anything.</summary>
    public async Task<TestSource> AddSourceAsync(string signature = """{"scheme":"none"}""", string? dedupe = null, int? bodyLimit = null)
    {
        var name = $"source-{Interlocked.Increment(ref _names)}";
        var created = await SendAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            JsonSerializer.Serialize(
                new
                {
                    name,
                    signature = JsonDocument.Parse(signature),
                    dedupe,
                    bodyLimit,
                }
            )
        );
        return new TestSource(created.GetProperty("id").GetGuid(), name, created.GetProperty("token").GetString()!);
    }

    /// <summary>Stores a workflow of these steps and activates it: started by the Source, else by hand.</summary>
    public async Task<Guid> AddWorkflowAsync(string steps, TestSource? source = null, string? errorPolicy = null)
    {
        var id = (await SendAsync(HttpMethod.Post, "/api/v1/workflows", Document(steps, source, errorPolicy))).GetProperty("id").GetGuid();
        await SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/activate");
        return id;
    }

    /// <summary>Deactivates a workflow and deletes it.</summary>
    public async Task DeleteWorkflowAsync(Guid id)
    {
        await SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/deactivate");
        await SendAsync(HttpMethod.Delete, $"/api/v1/workflows/{id}");
    }

    /// <summary>A document of these steps, under a name of its own unless one is given.</summary>
    public static string Document(string steps, TestSource? source = null, string? errorPolicy = null, string? name = null) =>
        $$"""
            {
              "schema": "flowpilot/v1",
              "name": {{JsonSerializer.Serialize(name ?? $"Test {Guid.CreateVersion7()}")}},
              "trigger": {{(source is null ? """{ "type": "manual" }""" : $$"""{ "type": "webhook", "source": "{{source.Name}}" }""")}},
              "steps": {{steps}}{{(errorPolicy is null ? "" : ", \"errorPolicy\": " + errorPolicy)}}
            }
            """;

    /// <summary>Runs a workflow by hand.</summary>
    public async Task<Guid> ExecuteAsync(Guid workflow, string input = "{}") =>
        (await SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow}/execute", input)).GetProperty("executionId").GetGuid();

    /// <summary>Stores steps, runs them by hand and returns the execution at its end.</summary>
    public async Task<JsonElement> RunAsync(string steps, string input = "{}", string? errorPolicy = null) =>
        await EndOfAsync(await ExecuteAsync(await AddWorkflowAsync(steps, errorPolicy: errorPolicy), input));

    public async Task<HttpResponseMessage> PostAsync(TestSource source, byte[] body, string query = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Raw($"/webhooks/incoming/{source.Token}{query}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Web.SendAsync(request);
    }

    /// <summary>Posts a delivery that must be accepted, and returns its id.</summary>
    public async Task<Guid> DeliverAsync(TestSource source, byte[] body, string query = "", params (string Name, string Value)[] headers)
    {
        using var response = await PostAsync(source, body, query, headers);
        return (await ReadAsync(response)).GetProperty("deliveryId").GetGuid();
    }

    public Task<Guid> DeliverAsync(TestSource source, string json) => DeliverAsync(source, Encoding.UTF8.GetBytes(json));

    public async Task<JsonElement> ExecutionAsync(Guid id) => await SendAsync(HttpMethod.Get, $"/api/v1/executions/{id}");

    public Task<JsonElement> EndOfAsync(Guid execution) => UntilAsync(execution, Final);

    /// <summary>The execution as soon as it is in one of these states.</summary>
    public Task<JsonElement> UntilAsync(Guid execution, params string[] states) =>
        UntilAsync(execution, string.Join(" or ", states), view => states.Contains(view.Status()));

    /// <summary>The execution as soon as one of its steps is in this state.</summary>
    public Task<JsonElement> UntilStepAsync(Guid execution, string step, string state) =>
        UntilAsync(execution, $"at {step}:{state}", view => view.Step(step).Status() == state);

    private async Task<JsonElement> UntilAsync(Guid execution, string what, Func<JsonElement, bool> isSo)
    {
        JsonElement last = default;
        await UntilAsync(
            $"execution {execution} to be {what}",
            async () =>
            {
                last = await ExecutionAsync(execution);
                return isSo(last);
            },
            () => last.ToString()
        );
        return last;
    }

    /// <summary>The executions that a delivery started, once all of them have ended.</summary>
    public async Task<IReadOnlyList<JsonElement>> EndsOfDeliveryAsync(Guid delivery)
    {
        JsonElement last = default;
        await UntilAsync(
            $"delivery {delivery} to be finished",
            async () =>
            {
                using var response = await Web.GetAsync($"/webhooks/status/{delivery}");
                last = await ReadAsync(response);
                return last.GetProperty("status").GetString() != "in_progress";
            },
            () => last.ToString()
        );
        var executions = new List<JsonElement>();
        foreach (var started in last.GetProperty("executions").EnumerateArray())
        {
            executions.Add(await ExecutionAsync(started.GetProperty("id").GetGuid()));
        }

        return executions;
    }

    /// <summary>An address that is sent as it is written.</summary>
    private Uri Raw(string path) =>
        new(Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Calls the API and returns the JSON of a successful answer; undefined when it has no body.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Api.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <exception cref="HttpRequestException">The answer is an error; the message is its body.</exception>
    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{(int)response.StatusCode}: {text}", null, response.StatusCode);
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000 }).RootElement.Clone();
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> happened, Func<string> state)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var pause = 10; !await happened(); pause = Math.Min(pause * 2, 100))
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"Waited {Patience.TotalSeconds:0} s for {what}. It is: {state()}");
            }

            await Task.Delay(pause);
        }
    }
}

/// <summary>A Source and the token in its address.</summary>
public sealed record TestSource(Guid Id, string Name, string Token);
