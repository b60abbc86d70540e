using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Hub.Signatures;

/// <summary>What of a request a profile's signature covers. The rest anybody can change who has seen a signed request.</summary>
internal sealed class SignatureCoverage(SignatureProfile profile, SignedContent content)
{
    private readonly bool _readsFields =
        profile.Items is not null || profile.Signed.Any(static part => part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine);
    private readonly bool _coversBody =
        profile.Signed.Any(static part => part.Part == SignedPartKind.Body) || (profile.BodyHashQuery is not null && SignsUrl(profile));

    private readonly bool _joinsUrl = profile.Separator.Length == 0 && SignsUrl(profile) && profile.Signed.Count > 1;

    public static bool SignsUrl(SignatureProfile profile) => profile.Signed.Any(static part => part.Part is SignedPartKind.Url or SignedPartKind.DecodedUrl);

    /// <summary>
    /// Whether the signature covers a place for certain, wherever the fields are: the same may come as JSON and as a form. Where the URL and the body are
    /// joined without a separator, characters may move from one to the other under the same signature: then it covers neither. A field of one element that is
    /// signed is not that field of all elements.
    /// </summary>
    public bool Covers(RequestField field) =>
        field.Kind switch
        {
            RequestFieldKind.Header => profile.Signed.Any(part =>
                (part.Part == SignedPartKind.Id && Same(profile.IdHeader, field.Name)) || (part.Part == SignedPartKind.Header && Same(part.Text, field.Name))
            ),
            RequestFieldKind.Body => (_coversBody && !_joinsUrl)
                || (
                    profile.Items is null
                    && profile.FormFields.Count == 0
                    && !BodyPointer.HasIndex(field.Name)
                    && profile.Signed.Any(part => part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine && part.Text == field.Name)
                ),
            RequestFieldKind.Query => SignsUrl(profile) && !_joinsUrl,
            _ => false,
        };

    /// <summary>
    /// Keys of what is signed, one for each item that is signed on its own. They begin with a space, as no provider's id does. The secret is not in them,
    /// so a repetition that is signed with another one has the same.
    /// </summary>
    public IReadOnlyList<string> KeysOf(SignedRequest request)
    {
        if (profile.Signed.Count == 0)
        {
            return [];
        }

        if (!_readsFields)
        {
            return KeyOf(request, default) is { } key ? [key] : [];
        }

        if (!SignedItems.TryOpen(profile, request, out var document, out var items))
        {
            return [];
        }

        using (document)
        {
            return [.. items.Select(item => KeyOf(request, item)).OfType<string>().Distinct(StringComparer.Ordinal)];
        }
    }

    private string? KeyOf(SignedRequest request, JsonElement item)
    {
        if (content.IsBody)
        {
            return Text(SHA256.HashData(request.Body.Span));
        }

        if (!SignedValuesReader.TryRead(profile, request, item, out var values, out _))
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content.AppendTo(hash, request, values);
        return Text(hash.GetHashAndReset());
    }

    private static string Text(byte[] hash) => " " + Base64Url.EncodeToString(hash);

    private static bool Same(string? name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
