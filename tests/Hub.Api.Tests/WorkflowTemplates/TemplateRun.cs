using System.Text.Json.Nodes;
using Hub.TestSupport.WorkflowTemplates;

namespace Hub.Api.Tests.WorkflowTemplates;

/// <summary>Runs a shipped workflow as it is, but for the names and addresses that a team fills in.</summary>
public abstract class TemplateRun(HubFixture fixture) : HubTest(fixture)
{
    private static readonly StandInAnswer SlackOk = new(200, """{"ok":true,"channel":"C024BE91L","ts":"1503435956.000247","message":{"text":"posted"}}""");

    private int _slackBefore;

    /// <summary>What Slack was sent since the run began, in the order of the channels' names.</summary>
    protected IReadOnlyList<JsonElement> Slack =>
        [
            .. StandIn
                .To("/slack/chat.postMessage")
                .Skip(_slackBefore)
                .Select(request => request.Json)
                .OrderBy(message => message.GetProperty("channel").GetString(), StringComparer.Ordinal),
        ];

    protected string SlackText => Assert.Single(Slack).GetProperty("text").GetString()!;

    /// <summary>The one request to a path of this run's own.</summary>
    protected SentRequest Sent(string path) => Assert.Single(StandIn.To($"/{GetType().Name}{path}"));

    protected void Answer(string path, StandInAnswer answer) => StandIn.On($"/{GetType().Name}{path}", answer);

    /// <summary>The execution at its end, when the template's own body arrives, changed as told.</summary>
    protected async Task<JsonElement> RunAsync(string name, Action<JsonObject>? change = null, params (string Name, JsonNode Value)[] vars) =>
        Assert.Single(await Hub.EndsOfDeliveryAsync(await DeliverAsync(name, change, TemplateFiles.Headers(name), vars)));

    /// <summary>The template's own body arrives, changed as told, or as another event: the trigger turns it down, and nothing runs or fails.</summary>
    protected async Task FilteredAsync(string name, Action<JsonObject>? change = null, string? eventName = null)
    {
        var headers = TemplateFiles.Headers(name).Select(header => (header.Name, eventName ?? header.Value)).ToArray();
        var delivery = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/deliveries/{await DeliverAsync(name, change, headers, [])}");
        Assert.True(delivery.GetProperty("outcome").GetString() == "filtered", delivery.ToString());
        Assert.Equal("filtered_out", delivery.GetProperty("decisions")[0].GetProperty("why").GetProperty("outcome").GetString());
    }

    private async Task<Guid> DeliverAsync(string name, Action<JsonObject>? change, (string Name, string Value)[] headers, (string Name, JsonNode Value)[] vars)
    {
        Assert.SkipUnless(TemplateFiles.HasPayload(name), ConformanceData.Missing);
        var source = await Hub.AddSourceAsync();
        var document = TemplateFiles.Parse(name);
        document["trigger"]!["source"] = source.Name;
        await RemoveEarlierAsync((string)document["name"]!);
        FillIn(document["vars"]!.AsObject(), vars);
        await AddCredentialsAsync(document);
        StandIn.On("/slack/chat.postMessage", SlackOk);
        _slackBefore = StandIn.To("/slack/chat.postMessage").Count;

        var created = await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document.ToJsonString());
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{created.GetProperty("id").GetGuid()}/activate");
        var payload = TemplateFiles.Payload(name);
        change?.Invoke(payload);
        return await Hub.DeliverAsync(source, Encoding.UTF8.GetBytes(payload.ToJsonString()), headers: headers);
    }

    // Every address leads to the stand-in, under the name of the test's class.
    private void FillIn(JsonObject filled, (string Name, JsonNode Value)[] vars)
    {
        foreach (var (key, value) in filled.ToArray())
        {
            if (value!.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && text.StartsWith("https://", StringComparison.Ordinal))
            {
                filled[key] = StandIn.At($"/{GetType().Name}{new Uri(text).AbsolutePath}");
            }
        }

        foreach (var (key, value) in vars)
        {
            Assert.True(filled.ContainsKey(key), key);
            filled[key] = value;
        }
    }

    private async Task RemoveEarlierAsync(string name)
    {
        var earlier = await Hub.SendAsync(HttpMethod.Get, $"/api/v1/workflows?name={Uri.EscapeDataString(name)}");
        foreach (var workflow in earlier.GetProperty("items").EnumerateArray())
        {
            await Hub.DeleteWorkflowAsync(workflow.GetProperty("id").GetGuid());
        }
    }

    private async Task AddCredentialsAsync(JsonObject document)
    {
        foreach (var step in document["steps"]!.AsArray().Where(step => step!["credential"] is not null))
        {
            var connector = step!["type"]!.GetValue<string>().Split('.')[0];
            var body = JsonSerializer.Serialize(
                new
                {
                    name = step["credential"]!.GetValue<string>(),
                    connector,
                    fields = new { token = connector == "slack" ? "xoxb-test" : "a-token" },
                }
            );
            using var response = await CallAsync(HttpMethod.Post, "/api/v1/credentials", body);
            Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.Conflict, await response.Content.ReadAsStringAsync(Cancel));
        }
    }
}
