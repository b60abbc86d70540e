using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Connectors.Signatures;
using Hub.Routing.JsonPath;

namespace Hub.Engine.Intake;

/// <summary>
/// How a repeated delivery is known: <c>provider</c> (what the scheme's profile says), <c>header:X-GitHub-Delivery</c>, <c>body:/event_id</c> (a JSON
/// Pointer), <c>jsonpath:$.event.id</c> or <c>body-hash</c>. A request without the key cannot be a repetition.
/// </summary>
public sealed class DedupeKey
{
    public const string Provider = "provider";
    public const string BodyHash = "body-hash";
    private const string PathPrefix = "jsonpath:";

    /// <summary>Deeper bodies have no key by path.</summary>
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 256 };
    private static readonly JsonPathLimits Limits = new() { VisitedNodes = 10_000 };

    private readonly Func<SignedRequest, string?> _read;

    private DedupeKey(Func<SignedRequest, string?> read) => _read = read;

    /// <param name="text">As written on a Source.</param>
    /// <param name="scheme">The Source's scheme, for <c>provider</c>.</param>
    /// <param name="fault">A sentence that says what is wrong.</param>
    public static bool TryParse(string text, ISignatureScheme scheme, [NotNullWhen(true)] out DedupeKey? key, [NotNullWhen(false)] out string? fault)
    {
        (key, fault) = (null, null);
        if (text == BodyHash)
        {
            key = new DedupeKey(static request => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span))}");
        }
        else if (text == Provider)
        {
            if (scheme is ProfileSignatureScheme { Profile.Dedupe: { } rule })
            {
                return TryParse(rule, scheme, out key, out fault);
            }

            fault = $"The scheme '{scheme.Name}' does not say where its deliveries have an id.";
        }
        else if (text.StartsWith(PathPrefix, StringComparison.Ordinal))
        {
            key = ByPath(text[PathPrefix.Length..], out fault);
        }
        else if (DedupeRule.TryParse(text, out var rule))
        {
            key = new DedupeKey(rule.KeyFor);
        }
        else
        {
            fault = $"'{text}' does not say where the delivery id is.";
        }

        return key is not null;
    }

    /// <summary>The delivery's key; null when the request has none.</summary>
    /// <param name="request">With its body unpacked.</param>
    public string? Of(SignedRequest request) => _read(request);

    private static DedupeKey? ByPath(string path, out string? fault)
    {
        if (!JsonPathQuery.TryParse(path, out var query, out var error))
        {
            fault = $"'{path}' is not a JSONPath: {error.Message}";
            return null;
        }

        fault = query.IsSingular ? null : $"'{path}' may find several values; a delivery has one id.";
        return fault is null ? new DedupeKey(request => Find(query, request.Body)) : null;
    }

    private static string? Find(JsonPathQuery query, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Depth);
            if (!query.TrySelectSingle(document.RootElement, out var found, Limits))
            {
                return null;
            }

            return found.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => DedupeRule.Bounded(found.GetString()),
                _ => DedupeRule.Bounded(found.GetRawText()),
            };
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or JsonPathBudgetException)
        {
            // Not JSON, or a text that is not Unicode: there is no id in it.
            return null;
        }
    }
}
