using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hub.Connectors.Signatures;

/// <summary>Where the provider's delivery id is, so that a repeated delivery is known as one: <c>header:X-GitHub-Delivery</c> or <c>body:/event_id</c>.</summary>
public sealed record DedupeRule
{
    /// <summary>Keys longer than this, in characters, are replaced by their hash.</summary>
    public const int MaxKeyLength = 512;

    private readonly RequestField _field;

    private DedupeRule(RequestField field) => _field = field;

    /// <summary>The header's name; null when the id is in the body.</summary>
    public string? Header => _field.Kind == RequestFieldKind.Header ? _field.Name : null;

    /// <summary>Reads a rule as written in a workflow or source.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DedupeRule? rule)
    {
        rule = RequestField.TryParse(text, out var field) && field.Kind != RequestFieldKind.Query ? new DedupeRule(field) : null;
        return rule is not null;
    }

    /// <summary>The delivery's key, hashed when longer than <see cref="MaxKeyLength"/> or not storable as text; null when the request has none and so cannot be a repeat.</summary>
    public string? KeyFor(SignedRequest request) => Bounded(_field.Read(request));

    /// <summary>The same for a rule about a header; null for one about the body.</summary>
    public string? KeyFor(IHeaderDictionary headers) => Header is { } header ? Bounded(headers[header].ToString()) : null;

    public override string ToString() => _field.ToString();

    /// <summary>The key as it is kept: trimmed, hashed when longer than <see cref="MaxKeyLength"/> or not storable as text; null when there is nothing.</summary>
    public static string? Bounded(string? value) => value?.Trim() switch
    {
        null or "" => null,
        { Length: <= MaxKeyLength } key when !key.Contains('\0', StringComparison.Ordinal) => key,
        { } key => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))),
    };
}
