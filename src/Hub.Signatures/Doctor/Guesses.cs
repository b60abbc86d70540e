using System.Buffers;

namespace Hub.Signatures.Doctor;

/// <summary>What is likely when no assumption made the signature right.</summary>
internal static class Guesses
{
    public static IEnumerable<Finding> Of(Refused refused)
    {
        if (refused.SignsBody && refused.Request.Body.IsEmpty && refused.Request.Method is not ("GET" or "HEAD"))
        {
            yield return new(
                SignatureCause.BodyEmpty,
                "The body is empty, so what was signed did not arrive. Look for a redirect, or a proxy that drops the body."
            );
        }

        var encoding = refused.Request.Headers.ContentEncoding.ToString();
        if (refused.SignsBody && (BodyCompression.Kind(refused.Request) ?? (encoding is "" or "identity" ? null : encoding)) is not null)
        {
            yield return new(
                SignatureCause.CompressedBody,
                "The body is compressed, or was until a proxy unpacked it; signatures are over one of the two. Let the sender send it uncompressed."
            );
        }

        if (Shape(refused) is { } shape)
        {
            yield return shape;
        }

        yield return new(
            SignatureCause.WrongSecret,
            refused.Secrets.Count == 0
                ? "The Source has no secret. Enter the one that the sender signs with."
                : "No variant of what arrived fits the Source's secrets: most likely the sender signs with another. Copy it again from the sender's settings."
        );
        if (refused.SignsUrl)
        {
            yield return new(
                SignatureCause.WrongUrl,
                "The sender also signs the address. Compare the address at the sender with the one that the hub shows, character by character."
            );
        }

        if (refused.SignsBody && !refused.Request.Body.IsEmpty)
        {
            yield return new(SignatureCause.BodyReserialized, "If the secret is right, something changes the body on the way. Pass on the bytes as they are.");
        }
    }

    /// <summary>A signature that cannot be one of this scheme by its form alone.</summary>
    private static Finding? Shape(Refused refused)
    {
        var place = refused.Profile.Signature;
        if (refused.IsToken || refused.Signature is not { } text || place.ListSeparator is not null || PublicKeySignature.IsFor(refused.Profile.Algorithm))
        {
            return null;
        }

        if (!place.PrefixOptional && !text.StartsWith(place.Prefix, StringComparison.Ordinal))
        {
            return new(
                SignatureCause.PrefixMissing,
                $"The signature does not begin with '{place.Prefix}'. Let the sender write it so, and check that this is the sender's scheme."
            );
        }

        var bare = text.StartsWith(place.Prefix, StringComparison.Ordinal) ? text[place.Prefix.Length..] : text;
        var wanted = refused.Profile.Algorithm switch
        {
            SignatureAlgorithm.HmacSha1 => 20,
            SignatureAlgorithm.HmacSha512 => 64,
            _ => 32,
        };
        var length = Length(bare, place.Encoding);
        return length == wanted ? null
            : length is 16 or 20 or 32 or 48 or 64
                ? new(
                    SignatureCause.WrongAlgorithm,
                    $"The signature has {length} bytes where the scheme's have {wanted}. Let the sender use the scheme's algorithm."
                )
            : new(
                SignatureCause.EncodingMixup,
                $"The signature cannot be read as {(place.Encoding == ByteEncoding.Hex ? "hex" : "base64")} of {wanted} bytes. Let the sender write it so."
            );
    }

    private static int Length(string text, ByteEncoding encoding)
    {
        var bytes = new byte[text.Length];
        return encoding == ByteEncoding.Hex
            ? Convert.FromHexString(text, bytes, out _, out var length) == OperationStatus.Done
                ? length
                : -1
            : Convert.TryFromBase64String(text, bytes, out length)
                ? length
                : -1;
    }
}
