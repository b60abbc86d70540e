using System.Security.Cryptography;
using System.Text;
using Hub.Signatures.Certificates;

namespace Hub.Signatures.Handshakes;

/// <summary>Answers providers' handshakes as their profiles say. Pure: what to send is returned, nothing is sent or kept.</summary>
public static class HandshakeResponder
{
    /// <summary>Handshakes are small; a larger body is a delivery.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>The answer, or null when the request is no handshake of this scheme and is to be judged as a delivery.</summary>
    public static HandshakeAnswer? Answer(ISignatureScheme scheme, SignedRequest request, IReadOnlyList<string> secrets)
    {
        if (scheme is not ProfileSignatureScheme { Profile: var profile } || request.Body.Length > MaxBodyBytes)
        {
            return null;
        }

        foreach (var handshake in profile.Handshakes)
        {
            if (Asks(handshake, request))
            {
                return Answer(scheme, profile, handshake, request, secrets);
            }
        }

        return null;
    }

    /// <summary>What the provider wants to hear when its delivery was taken; null when any 2xx will do.</summary>
    public static HandshakeAnswer? Acknowledge(ISignatureScheme scheme, SignedRequest request) =>
        scheme is ProfileSignatureScheme { Profile: { Acknowledgement: { } reply } profile }
        && (profile.AcknowledgedWhen is not { } when || Holds(when, request))
            ? HandshakeBody.Write("acknowledgement", reply, request, null, null)
            : null;

    private static bool Asks(SignatureHandshake handshake, SignedRequest request) =>
        (handshake.Method is not { } method || method.Equals(request.Method, StringComparison.OrdinalIgnoreCase))
        && handshake.When.All(condition => Holds(condition, request));

    private static bool Holds(HandshakeCondition condition, SignedRequest request) =>
        Read(condition.Field, request) is { Length: > 0 } value && (condition.EqualTo is not { } wanted || wanted == value);

    private static HandshakeAnswer? Answer(
        ISignatureScheme scheme,
        SignatureProfile profile,
        SignatureHandshake handshake,
        SignedRequest request,
        IReadOnlyList<string> secrets
    )
    {
        var proven = true;
        var secret = secrets.FirstOrDefault(one => !profile.Secret.IsForHandshake(one));
        if (handshake.Proof == HandshakeProof.Signature)
        {
            var result = scheme.Verify(request, secrets);
            proven = result.IsValid;
            secret = result.SecretIndex is { } index ? secrets[index] : null;
        }
        else if (handshake.Proof == HandshakeProof.Secret)
        {
            proven = RepeatsSecret(profile.Secret, Read(handshake.SecretField, request), secrets);
        }

        if (!proven)
        {
            return handshake.Refusal is { } refusal ? HandshakeBody.Write(handshake.Name, refusal, request, null, null) : null;
        }

        Uri? visit = null;
        if (handshake.Visit is { } place && !PinnedAddress.TryRead(Read(place.Field, request), place.Hosts, out visit))
        {
            return HandshakeBody.Refuse(handshake.Name);
        }

        var kept = handshake.Keep is null ? null : Read(handshake.Keep, request);
        return kept is not null && !EchoText.IsToken(kept)
            ? HandshakeBody.Refuse(handshake.Name)
            : HandshakeBody.Write(handshake.Name, handshake.Reply, request, new(profile.Secret, secret), kept) with
            {
                Visit = visit,
            };
    }

    private static bool RepeatsSecret(SecretForm form, string? value, IReadOnlyList<string> secrets)
    {
        if (value is not { Length: > 0 and <= EchoText.MaxLength } || form.HandshakePrefix is not { } prefix)
        {
            return false;
        }

        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> known = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(value), given);
        var found = false;
        foreach (var secret in secrets.Where(form.IsForHandshake).Where(secret => secret.Length > prefix.Length))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(secret[prefix.Length..]), known);
            found |= CryptographicOperations.FixedTimeEquals(given, known);
        }

        return found;
    }

    private static string? Read(string? field, SignedRequest request) => RequestField.TryParse(field, out var place) ? place.Read(request) : null;
}
