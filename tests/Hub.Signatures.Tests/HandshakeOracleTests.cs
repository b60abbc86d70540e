using System.Security.Cryptography;
using System.Text.Json;
using Hub.Signatures.Handshakes;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

/// <summary>Handshakes that hash a value of the sender's choice: what they answer must not be the signature of a delivery.</summary>
public sealed class HandshakeOracleTests
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private static readonly SignatureSchemes Schemes = new();

    /// <summary>Bodies that a stranger would like to have signed.</summary>
    private static readonly string[] Wanted =
    [
        "123",
        "-1.5e3",
        "true",
        "null",
        "delete_all",
        "a=b",
        "direct_message_events=delete_all",
        "a=b&c=d",
        "{}",
        "[]",
        "[1]",
        """{"a":1}""",
        """ {"a":1}""",
        "\uFEFF{}",
        "\"text\"",
        "a b",
        "<a/>",
        "v0:1700000000:{}",
        "1700000000.{}",
    ];

    public static TheoryData<string> Computing => [.. Schemes.Profiles.Where(profile => profile.Handshakes.Any(Hashes)).Select(profile => profile.Name)];

    [Fact]
    public void Profiles_ThatCompute_AreThese() => Assert.Equal(["twitter", "zoom"], Computing.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Computing))]
    public void Handshake_OfAnyBody_GivesNoSignatureOfADelivery(string name)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        var profile = Schemes.Profiles.Single(profile => profile.Name == name);
        var answered = 0;
        foreach (var body in Wanted)
        {
            if (Ask(scheme, profile, body) is not { } hash)
            {
                continue;
            }

            answered++;
            Assert.Equal(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)), hash);
            foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded", "text/plain", null })
            {
                Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(Delivery(profile, Encoding.UTF8.GetBytes(body), hash, type), [Secret]).Verdict);
            }
        }

        // Else nothing was attacked.
        Assert.InRange(answered, 5, Wanted.Length - 5);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void JsonObject_OnlyWhenUnpacked_IsRefused(string encoding)
    {
        // Raw deflate can be written in letters and digits alone, so what is signed must be the object itself.
        var profile = Schemes.Profiles.Single(profile => profile.Name == "twitter");
        var packed = new MemoryStream();
        using (
            Stream packer =
                encoding == "gzip"
                    ? new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress)
                    : new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionMode.Compress)
        )
        {
            packer.Write("""{"tweet_create_events":[]}"""u8);
        }

        var request = Delivery(profile, packed.ToArray(), HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), packed.ToArray()), "application/json");
        request.Headers.ContentEncoding = encoding;

        var result = new ProfileSignatureScheme(profile).Verify(request, [Secret]);

        Assert.Equal(SignatureVerdict.BadSignature, result.Verdict);
        Assert.Contains("JSON object", result.Reason, StringComparison.Ordinal);
    }

    private static bool Hashes(SignatureHandshake handshake) => handshake.Reply.Json?.Values.Any(value => value.Hmac is not null) == true;

    /// <summary>The hash of a text, as the handshake gives it away; null when it does not.</summary>
    private static byte[]? Ask(ISignatureScheme scheme, SignatureProfile profile, string text)
    {
        var handshake = profile.Handshakes.Single(Hashes);
        var (property, value) = handshake.Reply.Json!.Single(pair => pair.Value.Hmac is not null);
        var challenge = value.Field.StartsWith("query:", StringComparison.Ordinal)
            ? new SignedRequest("GET", $"https://hub.example.com/in/abc?{value.Field[6..]}={Uri.EscapeDataString(text)}", new HeaderDictionary(), default, Now)
            : Signed(profile, JsonSerializer.Serialize(new { @event = "endpoint.url_validation", payload = new { plainToken = text } }));
        var answer = HandshakeResponder.Answer(scheme, challenge, [Secret])!;
        if (answer.Status != 200)
        {
            return null;
        }

        using var json = JsonDocument.Parse(answer.Body);
        var hash = json.RootElement.GetProperty(property).GetString()![value.Prefix.Length..];
        return value.Hmac == ByteEncoding.Base64 ? Convert.FromBase64String(hash) : Convert.FromHexString(hash);
    }

    /// <summary>A challenge that the provider signs, as Zoom does.</summary>
    private static SignedRequest Signed(SignatureProfile profile, string body) =>
        Delivery(
            profile,
            Encoding.UTF8.GetBytes(body),
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"v0:{Now.ToUnixTimeSeconds()}:{body}")),
            "application/json"
        );

    private static SignedRequest Delivery(SignatureProfile profile, byte[] body, byte[] signature, string? contentType)
    {
        var headers = new HeaderDictionary
        {
            [profile.Signature.Header] =
                profile.Signature.Prefix
                + (profile.Signature.Encoding == ByteEncoding.Base64 ? Convert.ToBase64String(signature) : Convert.ToHexStringLower(signature)),
        };
        if (profile.Timestamp is { Header: { } header })
        {
            headers[header] = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (contentType is not null)
        {
            headers["Content-Type"] = contentType;
        }

        return new SignedRequest("POST", "https://hub.example.com/in/abc", headers, body, Now);
    }
}
