using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Engine.Intake;

namespace Hub.Operations.Sources;

/// <param name="Name">1 to 100 characters, unique; workflows refer to it.</param>
/// <param name="Signature">How requests prove themselves; say <c>none</c> when they do not.</param>
/// <param name="Dedupe">
/// How a repeated delivery is known: <c>provider</c>, <c>header:X-GitHub-Delivery</c>, <c>body:/id</c>, <c>jsonpath:$.event.id</c> or <c>body-hash</c>; not at
/// all unless given. An index in a pointer or path means all elements of its array.
/// </param>
/// <param name="BodyLimit">The largest body accepted, in bytes: 1 MiB unless given, 25 MiB at most.</param>
public sealed record NewSource([property: Required] string? Name, [property: Required] NewSignature? Signature, string? Dedupe, int? BodyLimit)
{
    /// <summary>The methods of deliveries, of POST, PUT, PATCH, GET, DELETE, HEAD and OPTIONS; POST alone unless given.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>The media types that are taken, such as <c>application/json</c> or <c>text/*</c>; all unless given.</summary>
    public IReadOnlyList<string>? ContentTypes { get; init; }

    /// <summary>The addresses and networks (CIDR) that requests may come from; all unless given.</summary>
    public IReadOnlyList<string>? AllowedAddresses { get; init; }

    /// <summary>How many requests each node takes; any number unless given.</summary>
    public NewRateLimit? RateLimit { get; init; }

    /// <summary>How deliveries are answered; 202 at once unless given.</summary>
    public NewAnswer? Respond { get; init; }

    /// <summary>How long the key of a delivery is remembered, such as <c>12h</c>; 7 days unless given.</summary>
    public string? DedupeWindow { get; init; }

    /// <summary>How long deliveries are kept; as the hub is set unless given.</summary>
    public NewRetention? Retention { get; init; }

    /// <summary>What workflows are given of a body: <c>auto</c>, what it is found to be, or <c>text</c>; auto unless given.</summary>
    public string? BodyAs { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <param name="Scheme">github, standard-webhooks, generic-hmac, none or another known scheme.</param>
/// <param name="Secrets">One or more; a request is good when any of them signed it. Stored encrypted, never returned.</param>
public sealed record NewSignature([property: Required] string? Scheme, IReadOnlyList<string>? Secrets)
{
    /// <summary>Options of the scheme, such as <c>header</c> and <c>algorithm</c> of generic-hmac.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Options { get; init; }
}

/// <param name="PerSecond">On average, 0.01 to 100000.</param>
/// <param name="Burst">At once, 1 to 100000; those of a second unless given.</param>
public sealed record NewRateLimit([property: Required] double? PerSecond, int? Burst)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <param name="Mode">at_once, when_finished, step or static.</param>
/// <param name="WaitSeconds">For when_finished and step: the longest wait, 1 to 60; 25 unless given.</param>
/// <param name="Status">For static: 200 to 299; 200 unless given.</param>
/// <param name="ContentType">For static: the body's type; plain text unless given.</param>
/// <param name="Body">For static: up to 16384 bytes.</param>
public sealed record NewAnswer([property: Required] string? Mode, int? WaitSeconds, int? Status, string? ContentType, string? Body)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <param name="Days">1 to 3650.</param>
/// <param name="Megabytes">What deliveries may take on disk, indexes included; the oldest go first.</param>
public sealed record NewRetention(int? Days, long? Megabytes)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>How long a Source's deliveries are kept; what is null is as the hub is set.</summary>
public sealed record RetentionView(int? Days, long? Megabytes);

/// <param name="OverlapSeconds">How long the former address goes on: 86400, a day, unless given; 0 ends it now, 7776000 at most.</param>
public sealed record AddressChange(int? OverlapSeconds);

/// <summary>An address that goes on for a while besides the present one.</summary>
/// <param name="Hint">Its last characters; null when it cannot be decrypted.</param>
/// <param name="ExpiresAt">From then on it is unknown.</param>
public sealed record FormerAddressView(string? Hint, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <param name="Token">The secret part of the address; null when it cannot be decrypted.</param>
/// <param name="Url">Where the provider must send to; null likewise.</param>
/// <param name="FormerAddresses">Those that still work after a change of the address; null when there are none.</param>
/// <param name="Problem">What keeps it from taking deliveries, and the remedy; null when nothing does.</param>
public sealed record SourceView(
    Guid Id,
    string Name,
    string? Token,
    string? Url,
    IReadOnlyList<FormerAddressView>? FormerAddresses,
    SignatureView Signature,
    string? Dedupe,
    int BodyLimit,
    IReadOnlyList<string>? Methods,
    IReadOnlyList<string>? ContentTypes,
    IReadOnlyList<string>? AllowedAddresses,
    RateLimitSettings? RateLimit,
    AnswerSettings? Respond,
    string DedupeWindow,
    BodyReading BodyAs,
    RetentionView? Retention,
    string? Problem,
    DateTimeOffset CreatedAt
);

/// <param name="SecretCount">How many secrets are accepted now; they are never shown.</param>
public sealed record SignatureView(string Scheme, int SecretCount, RawJson? Options);
