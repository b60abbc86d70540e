using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Connectors.Secrets;
using Hub.Fields;
using Hub.Routing.JsonPath;
using Hub.Signatures;

namespace Hub.Engine.Intake;

/// <summary>
/// How a repeated delivery is known. <c>provider</c> is what the scheme's profile says, <c>header:X-GitHub-Delivery</c>, <c>body:/event_id</c> (a JSON
/// Pointer) and <c>jsonpath:$.event.id</c> are where the provider's id is, <c>body-hash</c> stands for one. Where the signature does not cover the id, what
/// it covers is a key too, or instead: else whoever saw a request could have it run again under another id. <c>signed</c> is that alone,
/// <c>header-alone:X-Id</c> the id alone.
/// </summary>
public sealed class DedupeKey
{
    public const string Provider = "provider";
    public const string BodyHash = "body-hash";
    private const string PathPrefix = "jsonpath:";

    /// <summary>Deeper bodies have no key by path.</summary>
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 256 };
    private static readonly RequestField WholeBody = RequestField.TryParse("body:/", out var field) ? field : throw new InvalidOperationException();

    private readonly Func<SignedRequest, string?> _id;
    private readonly bool _isCovered;
    private readonly ISignatureScheme? _signed;

    /// <param name="id">Reads the id.</param>
    /// <param name="isCovered">Whether the signature covers it.</param>
    /// <param name="signed">The scheme that says what is signed; null where the id counts alone.</param>
    private DedupeKey(Func<SignedRequest, string?> id, bool isCovered, ISignatureScheme? signed) => (_id, _isCovered, _signed) = (id, isCovered, signed);

    /// <summary>Whether the id tells a repetition; else it is only shown.</summary>
    public bool IsKnownById { get; private init; } = true;

    /// <param name="text">As written on a Source.</param>
    /// <param name="scheme">The Source's scheme.</param>
    /// <param name="error">A sentence that says what is wrong.</param>
    public static bool TryParse(string text, ISignatureScheme scheme, [NotNullWhen(true)] out DedupeKey? key, [NotNullWhen(false)] out string? error)
    {
        (key, error) = (null, null);
        if (text == BodyHash)
        {
            key = new DedupeKey(static request => ComputedKey.OfBody(request.Body.Span), isCovered: false, scheme);
        }
        else if (text == Provider)
        {
            if (scheme is ProfileSignatureScheme { Profile.Dedupe: { } rule })
            {
                return TryParse(rule, scheme, out key, out error);
            }

            error = $"The scheme '{scheme.Name}' does not say where its deliveries have an id.";
        }
        else if (text.StartsWith(PathPrefix, StringComparison.Ordinal))
        {
            key = ByPath(text[PathPrefix.Length..], scheme, out error);
        }
        else if (DedupeRule.TryParse(text, out var rule))
        {
            if (rule.Field is { } masked && IsMasked(masked))
            {
                error = $"The header '{masked.Name}' proves who sends and is kept masked: it cannot be the id that a delivery is shown and found by.";
                return false;
            }

            key = ByRule(rule, scheme);
            error = key is null ? $"The scheme '{scheme.Name}' signs nothing of a delivery by which it could be known." : null;
        }
        else
        {
            error = $"'{text}' does not say where the delivery id is.";
        }

        return key is not null;
    }

    /// <summary>The rule that holds for a Source: the one it has, or the scheme's where the signature covers too little to do without; null for none.</summary>
    public static string? InForce(string? text, ISignatureScheme? scheme) =>
        text ?? (scheme is ProfileSignatureScheme { Profile.DedupeAlways: true } ? Provider : null);

    /// <summary>The delivery's id; null when the request has none.</summary>
    /// <param name="request">With its body unpacked.</param>
    public string? IdOf(SignedRequest request) => _id(request);

    /// <summary>The keys of what is signed, where the id alone does not tell a repetition for certain.</summary>
    /// <param name="request">With its body as sent.</param>
    /// <param name="id">As of <see cref="IdOf"/>.</param>
    public IReadOnlyList<string> SignedKeysOf(SignedRequest request, string? id)
    {
        // Without its Content-Encoding, which is not signed, a body is read otherwise and has another id or none.
        var isCertain = _isCovered && id is not null && string.IsNullOrEmpty(request.Headers.ContentEncoding);
        return _signed is null || isCertain ? [] : _signed.SignedKeysOf(request);
    }

    private static DedupeKey? ByRule(DedupeRule rule, ISignatureScheme scheme)
    {
        // Where the provider repeats a delivery as it was, what is signed tells all, and its id is for people.
        var shown =
            scheme is ProfileSignatureScheme { Profile.DeliveryId: { } text } && RequestField.TryParse(text, out var place) && !IsMasked(place) ? place : null;
        if (rule.Field is { } field && (rule.IsAlone || !IsSame(field, shown)))
        {
            return new DedupeKey(rule.IdOf, scheme.Covers(field), rule.IsAlone ? null : scheme);
        }

        return scheme.SignsContent
            ? new DedupeKey(request => shown is null ? null : ComputedKey.OfText(shown.Read(request)), isCovered: false, scheme) { IsKnownById = false }
            : null;
    }

    /// <summary>Whether the hub keeps that place masked.</summary>
    public static bool IsMasked(RequestField field) =>
        field.Kind switch
        {
            RequestFieldKind.Header => SecretNames.IsHeader(field.Name),
            RequestFieldKind.Query => SecretNames.IsParameter(field.Name),
            _ => false,
        };

    private static bool IsSame(RequestField field, RequestField? other) =>
        field.Kind == other?.Kind && field.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

    private static DedupeKey? ByPath(string path, ISignatureScheme scheme, out string? error)
    {
        if (!JsonPathQuery.TryParse(path, out var query, out var wrong))
        {
            error = $"'{path}' is not a JSONPath: {wrong.Message}";
            return null;
        }

        error = query.IsSingular ? null : $"'{path}' may find several values; a delivery has one id.";
        return error is null ? new DedupeKey(request => Find(query, request.Body), scheme.Covers(WholeBody), scheme) : null;
    }

    /// <summary>A path that names one element of an array means all of them, as a pointer does.</summary>
    private static string? Find(JsonPathQuery query, ReadOnlyMemory<byte> body)
    {
        var values = new BatchValues();
        try
        {
            using var document = JsonDocument.Parse(ByteOrderMark.Off(body), Depth);
            query.SelectOfAllElements(document.RootElement, values, static (found, values) => values.Add(TextOf(found)), Bound);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text that is not Unicode: there is no id in it.
            values.Add(null);
        }

        return values.KeyOf(body.Span);
    }

    private static void Bound(bool begins, BatchValues values)
    {
        if (begins)
        {
            values.Enter();
        }
        else
        {
            values.Leave();
        }
    }

    private static string? TextOf(JsonElement? found) =>
        found switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { } other => other.GetRawText(),
        };
}
