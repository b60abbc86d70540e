namespace Hub.Signatures.Handshakes;

/// <summary>
/// Answers that hash a value of the request with the Source's secret. Whoever asks has the hash of what they chose, so no delivery's signed content may
/// be a value that is hashed: those are tokens, see <see cref="EchoText.IsToken"/>.
/// </summary>
internal static class ComputedAnswers
{
    /// <summary>What makes the handshake sign deliveries, with the place and the remedy; null when nothing does.</summary>
    public static string? ErrorOf(SignatureProfile profile)
    {
        for (var i = 0; i < profile.Handshakes.Count; i++)
        {
            var handshake = profile.Handshakes[i];
            if (Hashes(handshake.Reply) && SharesKey(profile) && !IsNeverAToken(profile))
            {
                return $"handshakes[{i}].reply.json: '{handshake.Name}' hashes what the sender chooses, and a delivery's signed content could be just "
                    + "that, so anybody could "
                    + "have one signed. Add \"bodies\": \"json-object\" if deliveries are JSON objects, or sign a literal or separator with a character "
                    + "such as ':' in it.";
            }
        }

        return null;
    }

    /// <summary>Whether a reply holds a hash.</summary>
    public static bool Hashes(HandshakeReply reply) => reply.Json?.Values.Any(static value => value.Hmac is not null) == true;

    /// <summary>Tokens and public keys do not sign with the secret.</summary>
    private static bool SharesKey(SignatureProfile profile) => profile.Algorithm != SignatureAlgorithm.Token && !PublicKeySignature.IsFor(profile.Algorithm);

    /// <summary>Whether the signed content always has a character that no token has.</summary>
    private static bool IsNeverAToken(SignatureProfile profile) =>
        (profile.Signed.Count > 1 && EchoText.HoldsOtherThanToken(profile.Separator))
        || profile.Signed.Any(part =>
            part.Part switch
            {
                SignedPartKind.Literal => EchoText.HoldsOtherThanToken(part.Text),
                SignedPartKind.Body => profile.Bodies == BodyShape.JsonObject,
                SignedPartKind.Url or SignedPartKind.DecodedUrl => true, // The colon after its scheme.
                _ => false,
            }
        );
}
