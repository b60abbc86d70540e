using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hub.TestSupport.WorkflowTemplates;

/// <summary>The workflows that come with the hub, each with a body such as really starts it.</summary>
public static class TemplateFiles
{
    // Vendors' own examples where there is a fitting one in the conformance data, else bodies in the vendor's form from TestData.
    private static readonly Dictionary<string, string[]> Payloads = new(StringComparer.Ordinal)
    {
        ["github-issue-to-slack"] = ["github", "issues", "opened.with-transfer.payload.json"],
        ["github-review-to-slack"] = ["github", "pull_request_review", "submitted.with-organization.payload.json"],
        ["github-release-announcement"] = ["github", "release", "deleted.with-reactions.payload.json"],
        ["stripe-review-to-slack"] = ["stripe", "review.opened.json"],
        ["shopify-order-edit-sync"] = ["shopify", "OrderEdited.json"],
        ["linear-mirror"] = ["linear", "IssueLabelUpdated.json"],
        ["slack-request-to-webhook"] = ["slack", "message.channels.json"],
    };

    // The header by which the provider names the event.
    private static readonly Dictionary<string, (string Name, string Value)> Events = new(StringComparer.Ordinal)
    {
        ["github-issue-to-slack"] = ("X-GitHub-Event", "issues"),
        ["github-review-to-slack"] = ("X-GitHub-Event", "pull_request_review"),
        ["github-release-announcement"] = ("X-GitHub-Event", "release"),
        ["shopify-low-inventory"] = ("X-Shopify-Topic", "inventory_levels/update"),
        ["shopify-order-edit-sync"] = ("X-Shopify-Topic", "orders/edited"),
    };

    public static IReadOnlyList<string> Names { get; } =
    [.. Directory.EnumerateFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The document as shipped.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder(), name + ".json"));

    /// <summary>The document as shipped, to be changed.</summary>
    public static JsonObject Parse(string name) => JsonNode.Parse(Read(name))!.AsObject();

    /// <summary>Whether the body is there: some are part of the conformance data.</summary>
    public static bool HasPayload(string name) => ConformanceData.Exists || !Payloads.ContainsKey(name);

    public static JsonObject Payload(string name) =>
        JsonNode
            .Parse(
                File.ReadAllBytes(
                    Payloads.TryGetValue(name, out var parts) ? ConformanceData.PathTo(["payloads", .. parts]) : Path.Combine(TestData(), name + ".json")
                )
            )!
            .AsObject();

    /// <summary>The header that comes with the body and names its event; none where the body does.</summary>
    public static (string Name, string Value)[] Headers(string name) => Events.TryGetValue(name, out var header) ? [header] : [];

    /// <summary>The bodies to hold a workflow against; none when they are not there.</summary>
    public static IReadOnlyList<JsonElement> Samples(string name) => HasPayload(name) ? [JsonSerializer.SerializeToElement(Payload(name))] : [];

    private static string Folder() => Path.Combine(ConformanceData.RepositoryRoot(), "workflow-templates");

    private static string TestData([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "TestData");
}
