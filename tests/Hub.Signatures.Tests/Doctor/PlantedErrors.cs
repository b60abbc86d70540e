using System.IO.Compression;
using System.Text.Json;
using Hub.Signatures.Doctor;

namespace Hub.Signatures.Tests.Doctor;

/// <summary>A request with one error, and what to find in it.</summary>
internal sealed record PlantedError(
    string Kind,
    SignatureCause Cause,
    SignatureProfile Profile,
    SignedRequest Request,
    string[] Secrets,
    string[] OtherSecrets
);

/// <summary>Plants every kind of error into requests of a profile.</summary>
internal static class PlantedErrors
{
    private const string Text = "5q8yPzRk2vWmXc1N7tGh"; // The base64 of 15 bytes, too.
    private const string Other = "Zt4nB6uJ0eLsQw9DaKfM";

    private static readonly string[] Bodies =
    [
        """{"id":"evt_1","type":"created","amount":12.50,"note":"a/b"}""",
        "{\n  \"type\": \"updated\",\n  \"id\": 7,\n  \"name\": \"Zoë \u2603\",\n  \"items\": [\n    1,\n    2.0\n  ]\n}\n",
        """{"z": [], "a": {"url": "https://x.example/?q=1&r=<2>", "b": null}, "deep": {"er": [{"k": true}, {"k": false}]}}""",
    ];

    private static readonly (string What, Func<string, string> Change)[] Rewrites =
    [
        ("newline added", text => text + "\n"),
        ("trimmed", text => text.Trim()),
        ("CRLF", text => text.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ("escaped", text => string.Concat(text.Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:x4}"))),
        ("compact", text => Rewrite(text, false)),
        ("indented", text => Rewrite(text, true)),
        ("sorted", Sorted),
        ("as Python", AsPython),
        ("slashes", text => text.Replace("/", "\\/", StringComparison.Ordinal)),
    ];

    public static IEnumerable<PlantedError> For(SignatureProfile profile)
    {
        var (secret, key) = SecretOf(profile, Text);
        var (otherSecret, otherKey) = SecretOf(profile, Other);
        var isForm = profile.Signed.Any(p => p.Part == SignedPartKind.SortedForm);
        var signsBody = profile.Signed.Any(p => p.Part == SignedPartKind.Body);
        foreach (
            var text in isForm ? ["From=1415&Body=Hi", "a=1", "Sid=C1&Digits=5"]
            : profile.Signature.BodyField is null ? Bodies
            : Bodies[..1]
        )
        {
            var body = Encoding.UTF8.GetBytes(
                profile.Name == "linear" ? text.Replace("{", "{\"webhookTimestamp\":1700000000000,", StringComparison.Ordinal) : text
            );
            var signer = new TestSigner(profile, key);
            var sound = signer.Send(body);
            Assert.True(new ProfileSignatureScheme(profile).Verify(sound, [secret]).IsValid, profile.Name);

            PlantedError Plant(string kind, SignatureCause cause, SignedRequest request, string? secrets = null) =>
                new(kind, cause, profile, request, [secrets ?? secret], [otherSecret]);

            yield return Plant("wrong secret", SignatureCause.WrongSecret, (signer with { Key = [.. key, 1] }).Send(body));
            yield return Plant("another source's secret", SignatureCause.OtherSourcesSecret, (signer with { Key = otherKey }).Send(body));
            foreach (var error in Written(profile, signer, body))
            {
                yield return Plant(error.Kind, error.Cause, error.Request);
            }

            foreach (var (kind, wrong, wrongKey) in Secrets(profile, secret))
            {
                yield return Plant(
                    "secret: " + kind,
                    SignatureCause.SecretFormat,
                    wrongKey is null ? sound : (signer with { Key = wrongKey }).Send(body),
                    wrong
                );
            }

            foreach (var (kind, cause, at) in Times(profile))
            {
                yield return Plant(kind, cause, (signer with { SignedAt = at }).Send(body));
            }

            if (profile.Signature.BodyField is null)
            {
                var missing = signer.Send(body);
                missing.Headers.Remove(profile.Signature.Header);
                yield return Plant("header missing", SignatureCause.HeaderMissing, missing);
                var twice = signer.Send(body);
                twice.Headers[profile.Signature.Header] = new[] { "x", twice.Headers[profile.Signature.Header].ToString() };
                yield return Plant("header twice", SignatureCause.HeaderDuplicated, twice);
            }

            if (signsBody)
            {
                yield return Plant("body lost", SignatureCause.BodyEmpty, sound with { Body = Array.Empty<byte>() });
                yield return Plant("gzip", SignatureCause.CompressedBody, (signer with { SignedBody = body }).Send(Zip(body)));
                foreach (var (what, change) in Rewrites)
                {
                    var signed = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(body)));
                    yield return Plant("body: " + what, SignatureCause.BodyReserialized, (signer with { SignedBody = signed }).Send(body));
                }
            }

            if (profile.Signed.Any(p => p.Part is SignedPartKind.Url or SignedPartKind.DecodedUrl))
            {
                foreach (
                    var url in new[]
                    {
                        TestSigner.Url.Replace("https", "http", StringComparison.Ordinal),
                        TestSigner.Url.Replace("?", "/?", StringComparison.Ordinal),
                        TestSigner.Url.Replace(".com", ".com:443", StringComparison.Ordinal),
                        TestSigner.Url.Replace("b=2&a=1", "a=1&b=2", StringComparison.Ordinal),
                    }
                )
                {
                    yield return Plant("url", SignatureCause.WrongUrl, (signer with { SignedUrl = url }).Send(body));
                }
            }
        }
    }

    private static IEnumerable<(string Kind, SignatureCause Cause, SignedRequest Request)> Written(SignatureProfile profile, TestSigner signer, byte[] body)
    {
        var isHex = profile.Signature.Encoding == ByteEncoding.Hex;
        yield return (
            "hex and base64 mixed up",
            SignatureCause.EncodingMixup,
            (signer with { Encode = isHex ? Convert.ToBase64String : Convert.ToHexStringLower }).Send(body)
        );
        var other = profile.Algorithm == SignatureAlgorithm.HmacSha256 ? SignatureAlgorithm.HmacSha1 : SignatureAlgorithm.HmacSha256;
        yield return ("algorithm", SignatureCause.WrongAlgorithm, (signer with { Algorithm = other }).Send(body));
        yield return ("algorithm", SignatureCause.WrongAlgorithm, (signer with { Algorithm = SignatureAlgorithm.HmacSha512 }).Send(body));
        if (profile.Signature.Prefix.Length > 0)
        {
            yield return ("prefix", SignatureCause.PrefixMissing, (signer with { Prefix = "" }).Send(body));
        }

        if (profile.Signature.Key is not null)
        {
            yield return ("prefix", SignatureCause.PrefixMissing, (signer with { EntryKey = null }).Send(body));
        }

        if (profile.Signature.BodyField is null)
        {
            yield return (
                "base64 of hex",
                SignatureCause.EncodingMixup,
                (signer with { Encode = mac => Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac))) }).Send(body)
            );
            yield return (
                "base64url",
                SignatureCause.EncodingMixup,
                (signer with { Encode = mac => Convert.ToBase64String(mac).TrimEnd('=').Replace('+', '-').Replace('/', '_') }).Send(body)
            );
        }
    }

    private static IEnumerable<(string Kind, string? Secret, byte[]? Key)> Secrets(SignatureProfile profile, string secret)
    {
        yield return ("line break at the source", secret + "\n", null);
        yield return ("quotes at the source", "\"" + secret + "\"", null);
        yield return ("not decoded", null, Encoding.UTF8.GetBytes(secret));
        yield return ("decoded", null, Convert.FromBase64String(Text));
        yield return ("line break at the sender", null, Encoding.UTF8.GetBytes(secret + "\n"));
    }

    private static IEnumerable<(string Kind, SignatureCause Cause, long At)> Times(SignatureProfile profile)
    {
        if (profile.Timestamp is not { } time || profile.Name == "linear")
        {
            yield break;
        }

        yield return ("clock ahead", SignatureCause.ClockSkew, TestSigner.Now + time.ToleranceSeconds + 90);
        yield return ("old", SignatureCause.Replay, TestSigner.Now - time.ToleranceSeconds - 7200);
        if (time.ToleranceSeconds < 3000)
        {
            yield return ("clock behind", SignatureCause.ClockSkew, TestSigner.Now - time.ToleranceSeconds - 90);
        }
    }

    private static (string Secret, byte[] Key) SecretOf(SignatureProfile profile, string text) =>
        profile.Secret.Format switch
        {
            ByteEncoding.Base64 => (profile.Secret.Prefix + text, Convert.FromBase64String(text)),
            ByteEncoding.Hex => (Convert.ToHexString(Encoding.ASCII.GetBytes(text)), Encoding.ASCII.GetBytes(text)),
            _ => (text, Encoding.UTF8.GetBytes(text)),
        };

    private static byte[] Zip(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return zipped.ToArray();
    }

    private static string Rewrite(string text, bool indented)
    {
        // Newtonsoft-like: numbers as they stand, no escapes; the framework's writer with the relaxed encoder does that.
        using var document = JsonDocument.Parse(text);
        using var stream = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                stream,
                new() { Indented = indented, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            document.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string AsPython(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Spaced(document.RootElement);
    }

    private static string Sorted(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Sorted(document.RootElement);
    }

    private static string Sorted(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "{"
                + string.Join(',', element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"\"{p.Name}\":{Sorted(p.Value)}"))
                + "}",
            JsonValueKind.Array => "[" + string.Join(',', element.EnumerateArray().Select(Sorted)) + "]",
            _ => element.GetRawText(),
        };

    private static string Spaced(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "{" + string.Join(", ", element.EnumerateObject().Select(p => $"\"{p.Name}\": {Spaced(p.Value)}")) + "}",
            JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(Spaced)) + "]",
            _ => string.Concat(element.GetRawText().Select(c => c < 128 ? c.ToString() : $"\\u{(int)c:x4}")),
        };
}
