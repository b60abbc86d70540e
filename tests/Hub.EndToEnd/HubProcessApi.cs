using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Hub.EndToEnd;

/// <summary>What the tests ask of a hub through its API.</summary>
internal static class HubProcessApi
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(90);

    /// <summary>The answer, which must be a success.</summary>
    public static Task<JsonDocument> PostAsync(this HubProcess hub, string path, object body) => SendAsync(hub, HttpMethod.Post, path, body);

    /// <inheritdoc cref="PostAsync"/>
    public static Task<JsonDocument> PutAsync(this HubProcess hub, string path, object body) => SendAsync(hub, HttpMethod.Put, path, body);

    /// <inheritdoc cref="PostAsync"/>
    public static async Task<JsonDocument> GetAsync(this HubProcess hub, string path) => JsonDocument.Parse(await hub.Api.GetStringAsync(path));

    /// <summary>A Source with the signatures of GitHub, and whatever else is set.</summary>
    public static async Task<TestSource> AddSourceAsync(this HubProcess hub, string name, string secret, Dictionary<string, object>? settings = null)
    {
        var source = new Dictionary<string, object>(settings ?? []) { ["name"] = name, ["signature"] = new { scheme = "github", secrets = new[] { secret } } };
        using var made = await hub.PostAsync("/api/v1/sources", source);
        return new TestSource(made.RootElement.GetProperty("id").GetGuid(), name, made.RootElement.GetProperty("url").GetString()!, secret);
    }

    /// <summary>A workflow, active from now on.</summary>
    public static async Task ActivateAsync(this HubProcess hub, object definition)
    {
        using var workflow = await hub.PostAsync("/api/v1/workflows", definition);
        using var active = await hub.PostAsync($"/api/v1/workflows/{workflow.RootElement.GetProperty("id").GetString()}/activate", new { });
    }

    /// <summary>A workflow that a Source starts, and that calls the receiver with the delivery's number until it is heard.</summary>
    public static Task ActivateCallAsync(this HubProcess hub, string source, string receiver) =>
        hub.ActivateAsync(
            new
            {
                schema = "flowpilot/v1",
                name = "Call",
                trigger = new { type = "webhook", source },
                steps = new[]
                {
                    new
                    {
                        id = "call",
                        type = "http.request",
                        with = new
                        {
                            method = "POST",
                            url = $"{receiver}/call",
                            body = new { n = "{{ trigger.body.n }}" },
                        },
                        retry = new
                        {
                            attempts = 20,
                            first = "200ms",
                            max = "1s",
                        },
                    },
                },
            }
        );

    /// <summary>Another server is up and the hub is content with it; sessions of the killed one may live on for a moment.</summary>
    public static async Task WaitForPostmasterOtherThanAsync(this HubProcess hub, int killed)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < SettleLimit; )
        {
            using var response = await hub.Api.GetAsync("/health");
            if (response.IsSuccessStatusCode && hub.TryFindPostmaster(out var current) && current != killed)
            {
                return;
            }
        }

        Assert.Fail($"the database did not come back:\n{hub.Output}");
    }

    /// <summary>No execution is left in a state that still moves.</summary>
    public static async Task WaitUntilSettledAsync(this HubProcess hub)
    {
        string[] moving = ["pending", "running", "retrying", "waiting"];
        var left = 1;
        for (var started = Stopwatch.GetTimestamp(); left > 0 && Stopwatch.GetElapsedTime(started) < SettleLimit; )
        {
            left = 0;
            foreach (var status in moving)
            {
                using var page = await hub.GetAsync($"/api/v1/executions?status={status}&limit=1");
                left += page.RootElement.GetProperty("items").GetArrayLength();
            }
        }

        Assert.Equal(0, left);
    }

    private static async Task<JsonDocument> SendAsync(HubProcess hub, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await hub.Api.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {text}");
        return JsonDocument.Parse(text);
    }
}

/// <summary>A Source and how to send to it.</summary>
internal sealed record TestSource(Guid Id, string Name, string Url, string Secret);
