using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Api.Sources;

/// <param name="Name">1 to 100 characters, unique; workflows refer to it.</param>
/// <param name="Signature">How requests prove themselves; say <c>none</c> when they do not.</param>
/// <param name="Dedupe">Where the provider's delivery id is: <c>header:X-GitHub-Delivery</c>.</param>
/// <param name="BodyLimit">The largest body accepted, in bytes: 1 MiB unless given, 25 MiB at most.</param>
internal sealed record NewSource(string? Name, NewSignature? Signature, string? Dedupe, int? BodyLimit);

/// <param name="Scheme">github, standard-webhooks, generic-hmac, none or another known scheme.</param>
/// <param name="Secrets">One or more; a request is good when any of them signed it. Stored encrypted, never returned.</param>
internal sealed record NewSignature(string? Scheme, IReadOnlyList<string>? Secrets)
{
    /// <summary>Options of the scheme, such as <c>header</c> and <c>algorithm</c> of generic-hmac.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Options { get; init; }
}

/// <param name="Url">Where the provider must post to.</param>
internal sealed record SourceView(
    Guid Id,
    string Name,
    string Token,
    string Url,
    SignatureView Signature,
    string? Dedupe,
    int BodyLimit,
    DateTimeOffset CreatedAt);

/// <param name="SecretCount">How many secrets are set; they are never shown.</param>
internal sealed record SignatureView(string Scheme, int SecretCount, RawJson? Options);
