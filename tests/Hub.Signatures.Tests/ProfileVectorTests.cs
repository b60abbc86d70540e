using System.Text.Json;

namespace Hub.Signatures.Tests;

/// <summary>
/// Every profile against the requests in its own file: the provider's printed examples, else computed ones (Python's hmac, OpenSSL for Ed25519).
/// </summary>
public sealed class ProfileVectorTests
{
    private static readonly SignatureSchemes Schemes = new();

    public static TheoryData<string, int> Vectors
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var profile in Schemes.Profiles)
            {
                for (var i = 0; i < profile.Vectors.Count; i++)
                {
                    data.Add(profile.Name, i);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. Schemes.Profiles.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_Vector_AsExpected(string name, int index)
    {
        var (scheme, vector) = Find(name, index);

        var result = scheme.Verify(vector.ToRequest(scheme.Certificate), ["s3cr3t:of-another-source", vector.Secret]);

        Assert.Equal(vector.Expect, result.Verdict);
        Assert.Equal(1, result.SecretIndex);
        Assert.Null(scheme.SecretError(vector.Secret));
        Assert.DoesNotContain(vector.Secret, result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_AnySignedByteChanged_Refused(string name, int index)
    {
        var (scheme, vector) = Find(name, index);
        var profile = Profile(name);
        if (profile.Algorithm == SignatureAlgorithm.Token || profile.Signed.Any(part => part.Part is SignedPartKind.BodyField or SignedPartKind.BodyLine))
        {
            return;
        }

        var request = vector.ToRequest(scheme.Certificate);
        for (var i = 0; i < request.Body.Length; i += 7)
        {
            var body = request.Body.ToArray();
            body[i] ^= 1;
            Assert.False(scheme.Verify(request with { Body = body }, [vector.Secret]).IsValid);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Profile_Any_HasVector(string name) => Assert.NotEmpty(Profile(name).Vectors);

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_OutsideWindow_Stale(string name)
    {
        var profile = Profile(name);
        if (profile.Timestamp is not { } place)
        {
            return;
        }

        var (scheme, vector) = Find(name, 0);
        var request = vector.ToRequest(scheme.Certificate);
        var signedAt =
            place.BodyField is null && place.Header is null
                ? vector.ReceivedAt
                : SignatureTimestamp
                    .Read(place.Header is { } header ? vector.Headers[header] : BodyPointer.Read(request.Body.Span, place.BodyPointer!), place.Unit)!
                    .Value / (place.Unit == TimestampUnit.Seconds ? 1 : 1000);
        var edge = DateTimeOffset.FromUnixTimeSeconds(signedAt + place.ToleranceSeconds);

        Assert.Equal(SignatureVerdict.Valid, scheme.Verify(request with { ReceivedAt = edge }, [vector.Secret]).Verdict);
        Assert.Equal(SignatureVerdict.Stale, scheme.Verify(request with { ReceivedAt = edge.AddSeconds(1) }, [vector.Secret]).Verdict);
        Assert.Equal(
            SignatureVerdict.Stale,
            scheme.Verify(request with { ReceivedAt = edge.AddSeconds((-2 * place.ToleranceSeconds) - 1) }, [vector.Secret]).Verdict
        );
    }

    [Fact]
    public void Adyen_ForgedSecondItem_Refused()
    {
        var (scheme, vector) = Find("adyen", 0);
        var forged = vector
            .Body.Replace(
                "]}",
                ""","x":{}},{"NotificationRequestItem":{"pspReference":"1","additionalData":{"hmacSignature":"AAAA"}}}]}""",
                StringComparison.Ordinal
            )
            .Replace(""","x":{}},{""", ",{", StringComparison.Ordinal);
        using (JsonDocument.Parse(forged))
        {
            Assert.Equal(
                SignatureVerdict.BadSignature,
                scheme.Verify(vector.ToRequest(scheme.Certificate) with { Body = Encoding.UTF8.GetBytes(forged) }, [vector.Secret]).Verdict
            );
        }
    }

    /// <summary>Adyen sends one item: two are an old one that somebody sends again along with another.</summary>
    [Fact]
    public void Adyen_TwoSignedItems_Refused()
    {
        var (scheme, vector) = Find("adyen", 0);
        var array = vector.Body.IndexOf('[', StringComparison.Ordinal) + 1;
        var item = vector.Body[array..vector.Body.LastIndexOf(']')];
        var twice = Encoding.UTF8.GetBytes(vector.Body.Insert(array, item + ","));
        var result = scheme.Verify(vector.ToRequest(scheme.Certificate) with { Body = twice }, [vector.Secret]);
        Assert.Equal(SignatureVerdict.BadSignature, result.Verdict);
        Assert.Contains("at most 1 signed item", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"value\":1130", "\"value\":1131")]
    [InlineData("\"success\":\"true\"", "\"success\":\"false\",\"success\":\"true\"")]
    [InlineData("\"notificationItems\":[", "\"notificationItems\":[],\"others\":[")]
    public void Adyen_ChangedField_Refused(string old, string @new)
    {
        var (scheme, vector) = Find("adyen", 0);
        var body = Encoding.UTF8.GetBytes(vector.Body.Replace(old, @new, StringComparison.Ordinal));

        Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(vector.ToRequest(scheme.Certificate) with { Body = body }, [vector.Secret]).Verdict);
    }

    [Theory]
    [InlineData("square", "https://example.com/webhook/")]
    [InlineData("square", "http://example.com/webhook")]
    [InlineData("trello", "https://hub.example.com/webhooks/incoming/other")]
    [InlineData("twilio", "https://mycompany.com/myapp.php?foo=1&bar=3")]
    public void Verify_OtherUrl_Refused(string name, string url)
    {
        var (scheme, vector) = Find(name, 0);

        Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(vector.ToRequest(scheme.Certificate) with { Url = url }, [vector.Secret]).Verdict);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", null, true)]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=\"UTF-8\"", null, true)]
    [InlineData("application/json", null, false)]
    [InlineData("application/x-www-form-urlencodedx", null, false)]
    [InlineData("application/x-www-form-urlencoded; charset=shift_jis", null, false)]
    [InlineData("text/plain", null, false)]
    [InlineData("", null, false)]
    [InlineData("application/x-www-form-urlencoded", "{\"a\":1}", false)]
    [InlineData("application/x-www-form-urlencoded", " [1]", false)]
    [InlineData("application/x-www-form-urlencoded", "\uFEFF{\"a\":1}", false)]
    public void Twilio_BodyThatWouldBeReadOtherwise_Refused(string type, string? signed, bool valid)
    {
        var (scheme, vector) = Find("twilio", 0);
        var request = vector.ToRequest(scheme.Certificate);
        request.Headers["Content-Type"] = type;
        if (signed is not null)
        {
            // Signed rightly: as a form with one field of that name.
#pragma warning disable CA5350 // The provider's algorithm.
            var signature = System.Security.Cryptography.HMACSHA1.HashData(Encoding.UTF8.GetBytes(vector.Secret), Encoding.UTF8.GetBytes(vector.Url + signed));
#pragma warning restore CA5350
            request = request with { Body = Encoding.UTF8.GetBytes(signed) };
            request.Headers["X-Twilio-Signature"] = Convert.ToBase64String(signature);
        }

        Assert.Equal(valid ? SignatureVerdict.Valid : SignatureVerdict.BadSignature, scheme.Verify(request, [vector.Secret]).Verdict);
    }

    [Theory]
    [InlineData("token=", "token=x", "&token=", false)]
    [InlineData("&recipient=", "", "&recipient=b%40example.com&recipient=", true)]
    [InlineData("timestamp=1700000000&token=", "", "token=1700000000", false)]
    [InlineData("timestamp=1700000000&token=", "", "timestamp=&token=1700000000", false)]
    [InlineData("timestamp=1700000000&token=", "", "timestamp=170000000&token=0", false)]
    public void Mailgun_FormThatCouldBeReadOtherwise_IsRefused(string old, string before, string @new, bool valid)
    {
        var (scheme, vector) = Find("mailgun", 1);
        var body = vector.Body.Replace(old, before + @new, StringComparison.Ordinal);
        var result = scheme.Verify(vector.ToRequest(scheme.Certificate) with { Body = Encoding.UTF8.GetBytes(body) }, [vector.Secret]);
        Assert.Equal(valid, result.IsValid);
    }

    [Fact]
    public void Mailgun_TheSameTokenAsJsonFormAndMultipart_IsOneDelivery()
    {
        var keys = Enumerable
            .Range(0, 3)
            .Select(index => Find("mailgun", index))
            .SelectMany(one => one.Scheme.SignedKeysOf(one.Vector.ToRequest(one.Scheme.Certificate)))
            .ToList();
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=other")]
    public void Mailgun_FormUnderAnotherType_IsRefused(string type)
    {
        foreach (var index in new[] { 1, 2 })
        {
            var (scheme, vector) = Find("mailgun", index);
            var request = vector.ToRequest(scheme.Certificate);
            request.Headers.ContentType = type;
            Assert.Equal(SignatureVerdict.BadSignature, scheme.Verify(request, [vector.Secret]).Verdict);
        }
    }

    [Theory]
    [InlineData("hubspot-v1")]
    [InlineData("hubspot-v2")]
    public void HubSpot_BodyThatGoesOn_IsRefused(string name)
    {
        // A hash of secret and body can be computed on by who does not know the secret, with bytes that are no JSON.
        var (scheme, vector) = Find(name, name == "hubspot-v1" ? 0 : 1);
        var request = vector.ToRequest();
        byte[] body = [.. request.Body.Span, 0x80, 0, 0, 1];
        var signed = name == "hubspot-v1" ? vector.Secret : vector.Secret + vector.Method + vector.Url;
        request.Headers["X-HubSpot-Signature"] = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData([.. Encoding.UTF8.GetBytes(signed), .. body])
        );
        var result = scheme.Verify(request with { Body = body }, [vector.Secret]);
        Assert.Equal((SignatureVerdict.BadSignature, true), (result.Verdict, result.Reason.Contains("not JSON", StringComparison.Ordinal)));
    }

    [Fact]
    public void PayPal_BodyWithTheSameChecksum_IsTheSameDelivery()
    {
        // PayPal signs a CRC-32 of the event, and 'plumless' has that of 'buckeroo'.
        Assert.Equal(Crc32.Of("plumless"u8), Crc32.Of("buckeroo"u8));
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        var scheme = Find("paypal", 0).Scheme;
        var request = Find("paypal", 0).Vector.ToRequest(scheme.Certificate);
        Assert.False(scheme.Covers(RequestField.TryParse("body:/id", out var id) ? id : throw new InvalidOperationException()));
        Assert.Equal(scheme.SignedKeysOf(request with { Body = "plumless"u8.ToArray() }), scheme.SignedKeysOf(request with { Body = "buckeroo"u8.ToArray() }));
    }

    [Fact]
    public void Twilio_FormBeyondWhatIsReadAsOne_Refused()
    {
        var (scheme, vector) = Find("twilio", 0);
        foreach (var (count, valid) in new[] { (1000, true), (1001, false) })
        {
            var names = Enumerable.Range(0, count).Select(i => $"f{i:0000}").ToList();
#pragma warning disable CA5350 // The provider's algorithm.
            var signature = System.Security.Cryptography.HMACSHA1.HashData(
                Encoding.UTF8.GetBytes(vector.Secret),
                Encoding.UTF8.GetBytes(vector.Url + string.Concat(names))
            );
#pragma warning restore CA5350
            var request = vector.ToRequest(scheme.Certificate) with { Body = Encoding.UTF8.GetBytes(string.Join('&', names)) };
            request.Headers["X-Twilio-Signature"] = Convert.ToBase64String(signature);
            Assert.Equal(valid, scheme.Verify(request, [vector.Secret]).IsValid);
        }
    }

    [Fact]
    public void Meta_VerifyToken_ProvesNoDelivery()
    {
        var (scheme, vector) = Find("whatsapp-meta", 0);

        Assert.False(scheme.Verify(vector.ToRequest(scheme.Certificate), ["verify:" + vector.Secret]).IsValid);
        Assert.Null(scheme.SecretError("verify:x"));
        Assert.NotNull(scheme.SecretError("verify:"));
    }

    private static SignatureProfile Profile(string name) => Schemes.Profiles.Single(p => p.Name == name);

    private static (ISignatureScheme Scheme, SignatureVector Vector) Find(string name, int index)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        return (scheme, Profile(name).Vectors[index]);
    }
}
