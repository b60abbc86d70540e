using System.Text;
using System.Text.Json;
using Hub.Signatures.Certificates;

namespace Hub.Signatures;

/// <summary>Judges requests as a profile says. The one implementation for all providers.</summary>
public sealed class ProfileSignatureScheme : ISignatureScheme
{
    private readonly SignedContent _content;
    private readonly SignatureDigest _digest;
    private readonly PublicKeySignature? _publicKey;
    private readonly CertificateSignature? _certificate;
    private readonly bool _readsBody;
    private readonly SignedBody _body;
    private readonly SignatureCoverage _coverage;

    /// <exception cref="ArgumentException">The profile contradicts itself.</exception>
    public ProfileSignatureScheme(SignatureProfile profile)
    {
        if (SignatureProfileRules.ErrorOf(profile) is { } error)
        {
            throw new ArgumentException(error, nameof(profile));
        }

        Profile = profile;
        var content = _content = new SignedContent(profile);
        _body = new SignedBody(profile, content);
        _coverage = new SignatureCoverage(profile, content);
        _digest = new SignatureDigest(profile, content);
        _publicKey = PublicKeySignature.IsFor(profile.Algorithm) ? new PublicKeySignature(profile, content) : null;
        _certificate = profile.Certificate is { } place ? new CertificateSignature(profile, place, content) : null;
        _readsBody =
            profile.Signature.BodyField is not null
            || profile.Items is not null
            || profile.Signed.Any(static part => part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine);
        SignsUrl = SignatureCoverage.SignsUrl(profile);
        HandsOverSecret = profile.Handshakes.Any(static handshake => handshake.Keep is not null);
    }

    public SignatureProfile Profile { get; }

    public string Name => Profile.Name;

    public bool NeedsSecret => true;

    public bool SignsUrl { get; }

    public string? SecretHeader => Profile.Algorithm == SignatureAlgorithm.Token && Profile.Signature.Header is { Length: > 0 } header ? header : null;

    public CertificatePlace? Certificate => Profile.Certificate;

    public bool HandsOverSecret { get; }

    public bool TakesHandshakesBy(string method)
    {
        foreach (var handshake in Profile.Handshakes)
        {
            if (handshake.Method is not { } taken || taken.Equals(method, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public bool ProvesDeliveries(string secret) => !Profile.Secret.IsForHandshake(secret);

    public string? SecretError(string secret)
    {
        if (Profile.Secret.IsForHandshake(secret))
        {
            return secret.Length > Profile.Secret.HandshakePrefix!.Length ? null : "The secret is empty.";
        }

        using var key = SecretKey.Read(secret, Profile.Secret);
        return key.Error ?? (_publicKey is null ? null : PublicKeySignature.KeyError(Profile.Algorithm, key.Bytes));
    }

    public bool SignsContent => Profile.Signed.Count > 0;

    public bool Covers(RequestField field) => _coverage.Covers(field);

    public IReadOnlyList<string> SignedKeysOf(SignedRequest request) => _coverage.KeysOf(request);

    /// <summary>Why the body cannot be one of this scheme, whatever signs it; null when it can.</summary>
    public string? BodyError(SignedRequest request) => _body.ErrorOf(request);

    public SignatureResult Verify(SignedRequest request, IReadOnlyList<string> secrets)
    {
        var result = VerifyAt(request, secrets);
        return
            result.Verdict == SignatureVerdict.BadSignature
            && Profile.UrlPortOptional
            && UrlPort.Other(request.Url) is { } url
            && VerifyAt(request with { Url = url }, secrets) is { Verdict: not SignatureVerdict.BadSignature } other
            ? other
            : result;
    }

    private SignatureResult VerifyAt(SignedRequest request, IReadOnlyList<string> secrets)
    {
        if (!_readsBody)
        {
            return VerifyOne(request, default, secrets);
        }

        if (!SignedItems.TryOpen(Profile, request, out var document, out var items))
        {
            return Bad(
                Profile.MaxItems < SignedItems.MaxItems
                    ? $"The body is not JSON, nor a form, with the fields that this scheme signs, in at most {Profile.MaxItems} signed item at {Profile.Items}."
                    : "The body is not JSON, nor a form, with the fields that this scheme signs."
            );
        }

        using (document)
        {
            var result = Bad("The body has no signed items.");
            foreach (var item in items)
            {
                result = VerifyOne(request, item, secrets);
                if (!result.IsValid)
                {
                    break;
                }
            }

            return result;
        }
    }

    private SignatureResult VerifyOne(SignedRequest request, JsonElement item, IReadOnlyList<string> secrets)
    {
        if (!SignedValuesReader.TryRead(Profile, request, item, out var values, out var refusal))
        {
            return refusal;
        }

        if (_body.ErrorOf(request) is { } error)
        {
            return Bad(error);
        }

        if (_certificate?.ErrorOf(request) is { } unproven)
        {
            return Bad(unproven);
        }

        if (_readsBody && _content.HasBrokenLine(item))
        {
            return Bad("A signed line of the body holds a line break; what is signed could be read in two ways.");
        }

        if (secrets.Count == 0)
        {
            return Bad("The source has no secret to check the signature with.");
        }

        var matched = FindSecret(request, secrets, values, out var anyUsable);
        if (matched is null && anyUsable && _content.MayHoldLatin1(request, values))
        {
            matched = FindSecret(request, secrets, values with { HeaderEncoding = Encoding.Latin1 }, out _);
        }

        if (matched is not { } index)
        {
            return Bad(
                anyUsable
                    ? $"The signature in {Profile.Signature.Name} does not match the request with any of the source's secrets."
                    : "None of the source's secrets has the format that this scheme needs."
            );
        }

        return JudgeTime(request, values, index);
    }

    private int? FindSecret(SignedRequest request, IReadOnlyList<string> secrets, SignedValues values, out bool anyUsable)
    {
        anyUsable = false;
        Span<byte> expected = stackalloc byte[SignatureDigest.MaxBytes];
        for (var i = 0; i < secrets.Count; i++)
        {
            if (Profile.Secret.IsForHandshake(secrets[i]))
            {
                continue;
            }

            using var key = SecretKey.Read(secrets[i], Profile.Secret);
            if (key.Error is not null || (_publicKey is not null && PublicKeySignature.KeyError(Profile.Algorithm, key.Bytes) is not null))
            {
                continue;
            }

            anyUsable = true;
            if (
                _publicKey?.Matches(key.Bytes, request, values)
                ?? _certificate?.Matches(key.Bytes, request, values)
                ?? SignatureHeader.AnyMatches(values.Signature, Profile, expected[.._digest.Compute(key.Bytes, request, values, expected)])
            )
            {
                return i;
            }
        }

        return null;
    }

    private SignatureResult JudgeTime(SignedRequest request, SignedValues values, int index)
    {
        if (Profile.Timestamp is not { } place)
        {
            return Valid(index);
        }

        var text = place.BodyPointer is { } pointer ? SignedItems.FieldOf(Profile, request, pointer) : values.Time;
        if (SignatureTimestamp.Read(text, place.Unit) is not { } count)
        {
            // Where the whole body is signed its absence cannot be an attacker's doing; where fields are, it may have been moved into another one.
            return place.BodyField is null || _readsBody ? Bad("The timestamp cannot be read.") : Valid(index);
        }

        var distance = SignatureTimestamp.Age(count, place.Unit, request.ReceivedAt).Duration();
        return distance <= TimeSpan.FromSeconds(place.ToleranceSeconds)
            ? Valid(index)
            : new(
                SignatureVerdict.Stale,
                $"The signature is right, but its time lies {distance.TotalSeconds:0} s from the receipt; {place.ToleranceSeconds} s are allowed.",
                index
            );
    }

    private SignatureResult Valid(int index) => new(SignatureVerdict.Valid, $"Signed as {Profile.Title} does.", index);

    private static SignatureResult Bad(string reason) => new(SignatureVerdict.BadSignature, reason);
}
