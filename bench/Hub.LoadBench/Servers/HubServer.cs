using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.LoadBench.Load;

namespace Hub.LoadBench.Servers;

/// <summary>The hub as a process of its own, and the API calls that prepare it.</summary>
internal sealed class HubServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _api;

    private HubServer(ServerProcess process, string adminKey)
    {
        _process = process;
        _api = new HttpClient { BaseAddress = new Uri($"http://{process.Address}/api/v1/"), Timeout = TimeSpan.FromSeconds(30) };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
    }

    public ServerProcess Process => _process;

    public static async Task<HubServer> StartAsync(string dll, string folder, string connectionString)
    {
        var adminKey = NewSecret();
        var address = ServerProcess.FreeAddress();
        var process = await ServerProcess.StartAsync(
            address,
            dll,
            [],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_URLS"] = $"http://{address}",
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ConnectionStrings__Hub"] = connectionString,
                ["Hub__DataDirectory"] = folder,
                ["Hub__AdminKey"] = adminKey,
                ["Hub__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            }
        );
        return new HubServer(process, adminKey);
    }

    /// <summary>Creates a Source with the github scheme: a request that it accepts.</summary>
    public async Task<WebhookRequest> AddSourceAsync(string name, string? dedupe)
    {
        var secret = NewSecret();
        var answer = await PostAsync(
            "sources",
            JsonContent.Create(
                new
                {
                    name,
                    signature = new { scheme = "github", secrets = new[] { secret } },
                    dedupe,
                }
            )
        );
        return WebhookRequest.Create(
            _process.Address,
            $"/webhooks/incoming/{answer.GetProperty("token").GetString()}",
            secret,
            isNewEachTime: dedupe is not null
        );
    }

    /// <summary>Stores and activates webhook -> if -> set -> http.request, started by a Source.</summary>
    public async Task AddChainAsync(string source, string calledUrl)
    {
        var document = $$$"""
            {
              "schema": "flowpilot/v1",
              "name": "{{{source}}}",
              "trigger": { "type": "webhook", "source": "{{{source}}}" },
              "steps": [
                { "id": "urgent", "type": "if", "when": { "path": "$.trigger.body.priority", "op": "equals", "value": "High" } },
                { "id": "alert", "type": "set", "after": ["urgent.true"],
                  "with": { "text": "{{ trigger.body.title }} on {{ trigger.body.host.name }}: {{ trigger.body.number }} %" } },
                { "id": "send", "type": "http.request", "after": ["alert"],
                  "with": { "url": "{{{calledUrl}}}", "method": "POST",
                            "body": { "text": "{{ steps.alert.output.text }}", "event": { "$path": "$.trigger.body" } } } }
              ]
            }
            """;
        using var content = new StringContent(document, Encoding.UTF8, "application/json");
        var workflow = await PostAsync("workflows", content);
        await PostAsync($"workflows/{workflow.GetProperty("id").GetString()}/activate", null);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _process.DisposeAsync();
    }

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));

    private async Task<JsonElement> PostAsync(string path, HttpContent? content)
    {
        using var response = await _api.PostAsync(new Uri(path, UriKind.Relative), content);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new InvalidOperationException($"POST {path} was answered {(int)response.StatusCode}: {text}");
    }
}
