namespace Hub.Signatures.Doctor;

/// <summary>The signature is written otherwise: another encoding, prefix or algorithm.</summary>
internal static class SignatureHypotheses
{
    private static readonly (SignatureAlgorithm Algorithm, string Name)[] Hmacs =
    [
        (SignatureAlgorithm.HmacSha1, "sha1"),
        (SignatureAlgorithm.HmacSha256, "sha256"),
        (SignatureAlgorithm.HmacSha512, "sha512"),
    ];

    public static IEnumerable<Hypothesis> Of(Refused refused)
    {
        if (refused.Signature is not { } text)
        {
            return [];
        }

        // One deviation explains more than two.
        return Places(refused, text)
            .SelectMany(place => Algorithms(refused.Profile).Select(algorithm => (place, algorithm)))
            .OrderBy(pair => Deviations(refused.Profile, pair.place, pair.algorithm))
            .Select(pair => Describe(refused, pair.place, pair.algorithm))
            .Concat(Spellings(refused));
    }

    private static IEnumerable<SignatureAlgorithm> Algorithms(SignatureProfile profile) =>
        Hmacs.Any(hmac => hmac.Algorithm == profile.Algorithm) ? Hmacs.Select(static hmac => hmac.Algorithm) : [profile.Algorithm];

    private static IEnumerable<SignaturePlace> Places(Refused refused, string text)
    {
        var own = refused.Profile.Signature;
        var encodings = refused.IsToken ? new[] { ByteEncoding.Utf8, ByteEncoding.Base64 } : [ByteEncoding.Hex, ByteEncoding.Base64];
        var prefixes = new[] { own.Prefix, "", FoundPrefix(text) }.Distinct();
        foreach (var encoding in encodings)
        {
            foreach (var prefix in prefixes)
            {
                yield return own with
                {
                    Encoding = encoding,
                    Prefix = prefix,
                    PrefixOptional = own.PrefixOptional && prefix == own.Prefix,
                };
                if (own.Key is not null)
                {
                    yield return own with
                    {
                        Encoding = encoding,
                        Prefix = prefix,
                        Key = null,
                    };
                }
            }
        }
    }

    /// <summary>What stands before the first '=' or space, when it looks like a name: <c>sha1=</c>, <c>Bearer </c>.</summary>
    private static string FoundPrefix(string text)
    {
        var end = text.AsSpan().IndexOfAny('=', ' ', ',');
        return end is > 0 and <= 12 && text.Length > end + 8 && text.AsSpan(0, end).IndexOfAnyExceptInRange('0', 'z') < 0 ? text[..(end + 1)] : "";
    }

    private static int Deviations(SignatureProfile profile, SignaturePlace place, SignatureAlgorithm algorithm) =>
        (place.Encoding == profile.Signature.Encoding ? 0 : 1)
        + (place.Prefix == profile.Signature.Prefix && place.Key == profile.Signature.Key ? 0 : 1)
        + (algorithm == profile.Algorithm ? 0 : 1);

    private static Hypothesis Describe(Refused refused, SignaturePlace place, SignatureAlgorithm algorithm)
    {
        var (own, profile) = (refused.Profile.Signature, refused.Profile with { Signature = place, Algorithm = algorithm });
        if (algorithm != refused.Profile.Algorithm)
        {
            return refused.With(
                SignatureCause.WrongAlgorithm,
                $"The sender signs with HMAC-{Name(algorithm)}, the scheme asks for HMAC-{Name(refused.Profile.Algorithm)}. "
                    + "Change it at the sender, or use generic-hmac with that algorithm.",
                profile: profile
            );
        }

        if (place.Encoding != own.Encoding)
        {
            return refused.With(
                SignatureCause.EncodingMixup,
                $"The signature is right, but written in {Name(place.Encoding)} where the scheme has {Name(own.Encoding)}. Change the encoding at the sender.",
                profile: profile
            );
        }

        var expected = own.Key is { } key && place.Key is null ? key + own.KeySeparator : own.Prefix;
        return refused.With(
            SignatureCause.PrefixMissing,
            expected.Length > 0
                ? $"The signature is right, but '{expected}' does not stand before it. Let the sender write it there."
                : "The signature is right, but something stands before it that the scheme does not have. Let the sender leave it out.",
            profile: profile
        );
    }

    /// <summary>The same bytes in another spelling of base64 or hex.</summary>
    private static IEnumerable<Hypothesis> Spellings(Refused refused)
    {
        if (refused.Profile.Signature is not { BodyField: null } place || refused.IsToken)
        {
            yield break;
        }

        var header = refused.Signature!;
        foreach (var (rewrite, encoding, what) in SignatureSpelling.Rewrites)
        {
            var other = SignatureSpelling.Rewrite(header, place, rewrite);
            if (other == header)
            {
                continue;
            }

            var headers = new Microsoft.AspNetCore.Http.HeaderDictionary(refused.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase))
            {
                [place.Header] = other,
            };
            yield return refused.With(
                SignatureCause.EncodingMixup,
                $"The signature is right, but {what}. Let the sender write it as the scheme does, in {Name(place.Encoding)}.",
                refused.Request with
                {
                    Headers = headers,
                },
                refused.Profile with
                {
                    Signature = place with { Encoding = encoding },
                }
            );
        }
    }

    private static string Name(SignatureAlgorithm algorithm) =>
        algorithm switch
        {
            SignatureAlgorithm.HmacSha1 => "SHA1",
            SignatureAlgorithm.HmacSha512 => "SHA512",
            _ => "SHA256",
        };

    private static string Name(ByteEncoding encoding) =>
        encoding switch
        {
            ByteEncoding.Hex => "hex",
            ByteEncoding.Base64 => "base64",
            _ => "plain text",
        };
}
