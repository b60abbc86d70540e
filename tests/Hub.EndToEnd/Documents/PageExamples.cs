using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Documents;

/// <summary>Hands what the pages show to a hub, which must take it.</summary>
internal sealed partial class PageExamples(HubProcess hub)
{
    private int _made;

    /// <summary>Does a block; null when it did, else why not.</summary>
    public async Task<string?> TryAsync(MarkdownBlock block) => block.Language switch
    {
        "json" => await TryJsonAsync(JsonNode.Parse(block.Text)!),
        "text" => await CreateAsync("workflows", Workflow(Logs(block.Text.Split('\n')))),
        "mermaid" => null,
        "" when block.Text.StartsWith("received =", StringComparison.Ordinal) => await TrySumsAsync(block.Text.Split('\n')),
        _ => "no test knows what to do with it",
    };

    private Task<string?> TryJsonAsync(JsonNode example) => example switch
    {
        JsonArray steps => CreateAsync("workflows", Workflow(steps)),
        JsonObject document when document.ContainsKey("schema") => ActivateAsync(document),
        JsonObject source when source.ContainsKey("signature") && source["signature"]!["scheme"] is not null => CreateAsync("sources", source),
        JsonObject profile when profile.ContainsKey("algorithm") => UseProfileAsync(profile["name"]!.GetValue<string>()),
        JsonObject health when health.ContainsKey("database") => HasShapeAsync("/health", health),
        _ => CreateAsync("workflows", Workflow([new JsonObject { ["id"] = "check", ["type"] = "if", ["when"] = example.DeepClone() }])),
    };

    /// <summary>Stored and active, after the Source and credentials that it names were made.</summary>
    private async Task<string?> ActivateAsync(JsonObject document)
    {
        if (document["trigger"]?["source"]?.GetValue<string>() is { } source
            && await CreateAsync("sources", JsonNode.Parse($$"""{ "name": "{{source}}", "signature": { "scheme": "none" } }""")!) is { } refused)
        {
            return refused;
        }

        foreach (var step in document["steps"]!.AsArray().Where(step => step!["credential"] is not null))
        {
            var (name, connector) = (step!["credential"]!.GetValue<string>(), step["type"]!.GetValue<string>().Split('.')[0]);
            if (await CreateAsync("credentials", JsonNode.Parse($$"""{ "name": "{{name}}", "connector": "{{connector}}", "fields": { "token": "xoxb-of-the-page" } }""")!) is { } fault)
            {
                return fault;
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
        using var response = await hub.Api.PostAsync($"/api/v1/{noun}", JsonContent.Create(body));
        return response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync();
    }

    private Task<string?> UseProfileAsync(string name) =>
        CreateAsync("sources", JsonNode.Parse($$"""{ "name": "of-{{name}}", "signature": { "scheme": "{{name}}", "secrets": ["a-secret-of-the-page"] } }""")!);

    /// <summary>The hub answers with the same properties, however they are valued.</summary>
    private async Task<string?> HasShapeAsync(string path, JsonObject expected)
    {
        var answer = JsonNode.Parse(await hub.Api.GetStringAsync(path))!;
        return Paths(expected).Except(Paths(answer)).ToArray() is { Length: > 0 } missing ? $"{path} has no {string.Join(", ", missing)}" : null;
    }

    /// <summary>Sums such as <c>a = b + c</c> that hold for each entry of the ledger.</summary>
    private async Task<string?> TrySumsAsync(string[] sums)
    {
        var ledger = JsonNode.Parse(await hub.Api.GetStringAsync("/api/v1/ledger"))!;
        var total = ledger["total"] ?? throw new InvalidOperationException($"The ledger has no total: {ledger}");
        foreach (var sum in sums)
        {
            var names = Name().Matches(sum).Select(match => total[match.Value]?.GetValue<long>() ?? throw new InvalidOperationException($"The ledger has no {match.Value}")).ToArray();
            if (names[0] != names.Skip(1).Sum())
            {
                return $"{sum} does not hold: {total}";
            }
        }

        return null;
    }

    private JsonObject Workflow(JsonArray steps) => new()
    {
        ["schema"] = "flowpilot/v1",
        ["name"] = $"Of the page {++_made}",
        ["trigger"] = new JsonObject { ["type"] = "manual" },
        ["vars"] = new JsonObject { ["owner"] = "ops" },
        ["steps"] = steps.DeepClone(),
    };

    private static JsonArray Logs(string[] templates) =>
        [.. templates.Select((template, i) => new JsonObject { ["id"] = $"line_{i}", ["type"] = "log", ["with"] = new JsonObject { ["message"] = template } })];

    private static IEnumerable<string> Paths(JsonNode? node, string prefix = "") => node is JsonObject members
        ? members.SelectMany(member => Paths(member.Value, $"{prefix}.{member.Key}").Prepend($"{prefix}.{member.Key}"))
        : [];

    [GeneratedRegex("[A-Za-z]+", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
