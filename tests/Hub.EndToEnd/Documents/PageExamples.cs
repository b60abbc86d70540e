using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Documents;

/// <summary>Hands what the pages show to a hub, which must take it.</summary>
internal sealed partial class PageExamples(HubProcess hub)
{
    private readonly HashSet<string> _credentials = [];
    private int _made;
    private string? _lastCredential;

    /// <summary>Does a block; null when it did, else why not.</summary>
    public async Task<string?> TryAsync(MarkdownBlock block) =>
        block.Language switch
        {
            "json" => await TryJsonAsync(JsonNode.Parse(block.Text)!),
            "text" => await CreateAsync("workflows", Workflow(Logs(block.Text.Split('\n')))),
            "mermaid" => null,
            "" when block.Text.StartsWith("received =", StringComparison.Ordinal) => await TrySumsAsync(block.Text.Split('\n')),
            "" when Request().IsMatch(block.Text) => await TryRequestsAsync(block.Text.Split('\n')),
            _ => "no test knows what to do with it",
        };

    private Task<string?> TryJsonAsync(JsonNode example) =>
        example switch
        {
            JsonArray steps => CreateAsync("workflows", Workflow(steps)),
            JsonObject document when document.ContainsKey("schema") => ActivateAsync(document),
            JsonObject source when source.ContainsKey("signature") && source["signature"]!["scheme"] is not null => CreateAsync("sources", source),
            JsonObject profile when profile.ContainsKey("algorithm") => UseProfileAsync(profile["name"]!.GetValue<string>()),
            JsonObject health when health.ContainsKey("database") => HasShapeAsync("/health", health),
            _ => CreateAsync(
                "workflows",
                Workflow([
                    new JsonObject
                    {
                        ["id"] = "check",
                        ["type"] = "if",
                        ["when"] = example.DeepClone(),
                    },
                ])
            ),
        };

    /// <summary>Stored and active, after the Source and credentials that it names were made.</summary>
    private async Task<string?> ActivateAsync(JsonObject document)
    {
        if (
            document["trigger"]?["source"]?.GetValue<string>() is { } source
            && await CreateAsync("sources", JsonNode.Parse($$"""{ "name": "{{source}}", "signature": { "scheme": "none" } }""")!) is { } refused
        )
        {
            return refused;
        }

        foreach (var step in document["steps"]!.AsArray().Where(step => step!["credential"] is not null))
        {
            var (name, connector) = (step!["credential"]!.GetValue<string>(), step["type"]!.GetValue<string>().Split('.')[0]);
            if (
                _credentials.Add(name)
                && await CreateAsync(
                    "credentials",
                    JsonNode.Parse($$"""{ "name": "{{name}}", "connector": "{{connector}}", "fields": { "token": "xoxb-of-the-page" } }""")!
                )
                    is { } error
            )
            {
                return error;
            }
        }

        using var response = await hub.Api.PostAsync("/api/v1/workflows", JsonContent.Create(document));
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            return answer;
        }

        using var active = await hub.Api.PostAsync($"/api/v1/workflows/{JsonNode.Parse(answer)!["id"]}/activate", null);
        return active.IsSuccessStatusCode ? null : await active.Content.ReadAsStringAsync();
    }

    private async Task<string?> CreateAsync(string noun, JsonNode body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{noun}") { Content = JsonContent.Create(body) };
        return await SendAsync(message);
    }

    private async Task<string?> SendAsync(HttpRequestMessage message)
    {
        using var response = await hub.Api.SendAsync(message);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
        {
            return answer;
        }

        var isCredential = message.RequestUri!.ToString().Contains("/api/v1/credentials", StringComparison.Ordinal);
        _lastCredential = (isCredential, message.Method.Method) switch
        {
            (true, "POST") => JsonNode.Parse(answer)!["id"]!.GetValue<string>(),
            (true, "DELETE") => null,
            _ => _lastCredential,
        };
        return null;
    }

    private Task<string?> UseProfileAsync(string name) =>
        CreateAsync("sources", JsonNode.Parse($$"""{ "name": "of-{{name}}", "signature": { "scheme": "{{name}}", "secrets": ["a-secret-of-the-page"] } }""")!);

    /// <summary>The hub answers with the same properties, however they are valued.</summary>
    private async Task<string?> HasShapeAsync(string path, JsonObject expected)
    {
        var answer = JsonNode.Parse(await hub.Api.GetStringAsync(path))!;
        return Paths(expected).Except(Paths(answer)).ToArray() is { Length: > 0 } missing ? $"{path} has no {string.Join(", ", missing)}" : null;
    }

    /// <summary>Calls on credentials, a line each; {id} is the one that was made last.</summary>
    private async Task<string?> TryRequestsAsync(string[] lines)
    {
        foreach (var request in lines.Select(line => Request().Match(line)))
        {
            if (request.Value.Contains("{id}", StringComparison.Ordinal) && _lastCredential is null)
            {
                await CreateAsync("credentials", JsonNode.Parse("""{ "name": "of-the-page", "connector": "http", "fields": { "token": "first" } }""")!);
            }

            var path = request.Groups["path"].Value.Replace("{id}", _lastCredential, StringComparison.Ordinal);
            using var message = new HttpRequestMessage(new HttpMethod(request.Groups["method"].Value), path);
            message.Content = request.Groups["body"] is { Success: true } body ? JsonContent.Create(JsonNode.Parse(body.Value)) : null;
            if (await SendAsync(message) is { } refused)
            {
                return $"{request.Value}: {refused}";
            }
        }

        return null;
    }

    /// <summary>Sums such as <c>a = b + c</c> that hold for each entry of the ledger.</summary>
    private async Task<string?> TrySumsAsync(string[] sums)
    {
        var ledger = JsonNode.Parse(await hub.Api.GetStringAsync("/api/v1/ledger"))!;
        var total = ledger["total"] ?? throw new InvalidOperationException($"The ledger has no total: {ledger}");
        foreach (var sum in sums)
        {
            var names = Name()
                .Matches(sum)
                .Select(match => total[match.Value]?.GetValue<long>() ?? throw new InvalidOperationException($"The ledger has no {match.Value}"))
                .ToArray();
            if (names[0] != names.Skip(1).Sum())
            {
                return $"{sum} does not hold: {total}";
            }
        }

        return null;
    }

    private JsonObject Workflow(JsonArray steps) =>
        new()
        {
            ["schema"] = "flowpilot/v1",
            ["name"] = $"Of the page {++_made}",
            ["trigger"] = new JsonObject { ["type"] = "manual" },
            ["vars"] = new JsonObject { ["owner"] = "ops" },
            ["steps"] = steps.DeepClone(),
        };

    private static JsonArray Logs(string[] templates) =>
        [
            .. templates.Select(
                (template, i) =>
                    new JsonObject
                    {
                        ["id"] = $"line_{i}",
                        ["type"] = "log",
                        ["with"] = new JsonObject { ["message"] = template },
                    }
            ),
        ];

    private static IEnumerable<string> Paths(JsonNode? node, string prefix = "") =>
        node is JsonObject members ? members.SelectMany(member => Paths(member.Value, $"{prefix}.{member.Key}").Prepend($"{prefix}.{member.Key}")) : [];

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|DELETE)\s+(?<path>/api/\S+)(\s+(?<body>\{.*\}))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Request();

    [GeneratedRegex("[A-Za-z]+", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
