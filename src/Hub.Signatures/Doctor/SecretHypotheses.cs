namespace Hub.Signatures.Doctor;

/// <summary>The secret is the right one, but its text became another key, or its time is over.</summary>
internal static class SecretHypotheses
{
    private const int MaxSecrets = 10;
    private const string Common = "whsec_";
    private const string Otherwise = "Change it at the sender, or use generic-hmac with secretFormat";

    public static IEnumerable<Hypothesis> OfEnded(Refused refused, IEnumerable<EndedSecret> ended) =>
        ended
            .Where(secret => !refused.Profile.Secret.IsForHandshake(secret.Text))
            .Take(MaxSecrets)
            .Select(secret =>
                refused.With(
                    SignatureCause.ExpiredSecret,
                    $"The request is signed with a secret of this Source that ended at {secret.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}. Give the sender the "
                        + "present one; until it has that, add the old one again and release what was refused.",
                    secrets: [secret.Text]
                )
            );

    public static IEnumerable<Hypothesis> Of(Refused refused)
    {
        foreach (var secret in refused.Secrets.Take(MaxSecrets))
        {
            foreach (var (text, what) in Texts(secret, refused.Profile.Secret))
            {
                if (text != secret)
                {
                    yield return refused.With(SignatureCause.SecretFormat, what, secrets: [text]);
                }
            }

            foreach (var (text, format, what) in Forms(secret, refused.Profile.Secret))
            {
                yield return refused.With(
                    SignatureCause.SecretFormat,
                    what,
                    profile: refused.Profile with
                    {
                        Secret = refused.Profile.Secret with { Format = format, Prefix = "" },
                    },
                    secrets: [text]
                );
            }
        }
    }

    private static IEnumerable<(string Text, string What)> Texts(string secret, SecretForm form)
    {
        var trimmed = secret.Trim();
        yield return (trimmed, "The source's secret has white space or a line break around it. Enter it again without.");
        yield return (trimmed.Trim('"', '\'', '`'), "The source's secret has quotes around it. Enter it again without.");
        yield return (secret + "\n", "The sender's secret ends with a line break that the source's has not. Enter it anew at the sender.");
        yield return (secret + "\r\n", "The sender's secret ends with a line break that the source's has not. Enter it anew at the sender.");
        yield return (secret + " ", "The sender's secret ends with a space that the source's has not. Enter it anew at the sender.");
        if (form.Format == ByteEncoding.Utf8)
        {
            yield return (Common + trimmed, $"The source's secret lacks the beginning '{Common}', which belongs to it. Enter it whole.");
            if (trimmed.StartsWith(Common, StringComparison.Ordinal))
            {
                yield return (trimmed[Common.Length..], $"The sender signs without the beginning '{Common}' of the secret. Enter the secret without it.");
            }
        }
        else
        {
            yield return (
                trimmed.Replace('-', '+').Replace('_', '/'),
                "The source's secret is in the URL alphabet of base64. Enter it with + and / instead of - and _."
            );
        }
    }

    private static IEnumerable<(string Text, ByteEncoding Format, string What)> Forms(string secret, SecretForm form)
    {
        var trimmed = secret.Trim();
        var bare =
            form.Prefix.Length > 0 && trimmed.StartsWith(form.Prefix, StringComparison.Ordinal) ? trimmed[form.Prefix.Length..]
            : trimmed.StartsWith(Common, StringComparison.Ordinal) ? trimmed[Common.Length..]
            : trimmed;
        if (form.Format != ByteEncoding.Utf8)
        {
            var name = form.Format == ByteEncoding.Hex ? "hex" : "base64";
            yield return (
                trimmed,
                ByteEncoding.Utf8,
                $"The sender uses the secret's text as the key and does not decode it from {name}. Let it decode the secret."
            );
            yield return (bare, ByteEncoding.Utf8, $"The sender does not decode the secret from {name}. Let it decode the secret.");
        }

        if (form.Format != ByteEncoding.Base64)
        {
            yield return (bare, ByteEncoding.Base64, $"The sender decodes the secret from base64, which this scheme does not. {Otherwise} base64.");
        }

        if (form.Format != ByteEncoding.Hex)
        {
            yield return (bare, ByteEncoding.Hex, $"The sender decodes the secret from hex, which this scheme does not. {Otherwise} hex.");
        }
    }
}
