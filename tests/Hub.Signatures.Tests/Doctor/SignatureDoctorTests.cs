using Hub.Signatures.Doctor;

namespace Hub.Signatures.Tests.Doctor;

public sealed class SignatureDoctorTests(ITestOutputHelper output)
{
    private static readonly SignatureSchemes Schemes = new();

    private static IEnumerable<SignatureProfile> Hmacs =>
        Schemes.Profiles.Where(p => p.Algorithm is SignatureAlgorithm.HmacSha1 or SignatureAlgorithm.HmacSha256 or SignatureAlgorithm.HmacSha512);

    [Fact]
    public void Diagnose_PlantedErrors_RightCauseFirst()
    {
        var errors = Hmacs.SelectMany(PlantedErrors.For).Concat(ForeignSenders()).Where(IsRefused).ToList();

        var judged = errors.Select(error => (Error: error, First: Diagnose(error) is [var first, ..] ? first.Cause : (SignatureCause?)null)).ToList();

        foreach (var kind in judged.GroupBy(j => j.Error.Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{kind.Count(j => j.First == j.Error.Cause), 4} of {kind.Count(), 4}  {kind.Key}");
            foreach (var (error, first) in kind.Where(j => j.First != j.Error.Cause).Take(3))
            {
                output.WriteLine($"      {error.Profile.Name}: {error.Cause} taken for {first}");
            }
        }

        var right = judged.Count(j => j.First == j.Error.Cause);
        output.WriteLine($"{right} of {judged.Count}: {100.0 * right / judged.Count:0.0} %");
        Assert.True(judged.Count >= 500, $"{judged.Count} cases");
        Assert.True(judged.Select(j => j.Error.Cause).Distinct().Count() >= 10);
        Assert.True(right >= 0.95 * judged.Count, $"{right} of {judged.Count}");
        Assert.All(judged.GroupBy(j => j.Error.Kind), kind => Assert.True(kind.Count(j => j.First == j.Error.Cause) >= 0.9 * kind.Count(), kind.Key));
    }

    [Fact]
    public void Diagnose_PlantedErrors_NoSecretNorSignatureTold()
    {
        foreach (var error in Hmacs.SelectMany(PlantedErrors.For).Where(IsRefused))
        {
            foreach (var finding in Diagnose(error))
            {
                Assert.DoesNotContain(error.Secrets[0].Trim().Trim('"'), finding.Sentence, StringComparison.Ordinal);
                Assert.DoesNotContain(error.OtherSecrets[0], finding.Sentence, StringComparison.Ordinal);
                Assert.DoesNotMatch("[0-9a-fA-F]{40}|[A-Za-z0-9+/_-]{26,}=", finding.Sentence);
                Assert.InRange(finding.Sentence.Length, 20, 501);
            }
        }
    }

    [Fact]
    public void Diagnose_Valid_Nothing()
    {
        var vector = Schemes.Profiles.Single(p => p.Name == "github").Vectors[0];
        Assert.True(Schemes.TryFind("github", out var scheme));
        Assert.True(Schemes.TryFind("none", out var none));

        Assert.Empty(SignatureDoctor.Diagnose(vector.ToRequest(), scheme, [vector.Secret], []));
        Assert.Empty(SignatureDoctor.Diagnose(vector.ToRequest(), none, [], []));
    }

    [Fact]
    public void Diagnose_SignedWithASecretThatEnded_TellsWhenItEnded()
    {
        var profile = Schemes.Profiles.Single(p => p.Name == "slack");
        var request = new TestSigner(profile, "old"u8.ToArray()).Send("{}"u8.ToArray());
        var ended = new[] { "older", "old" }.Select((text, i) => new EndedSecret(text, DateTimeOffset.UnixEpoch.AddDays(i)));
        var finding = SignatureDoctor.Diagnose(request, new ProfileSignatureScheme(profile), ["new"], [], ended: [.. ended])[0];
        Assert.Equal((SignatureCause.ExpiredSecret, true), (finding.Cause, finding.Proven));
        Assert.Contains("ended at 1970-01-02T00:00:00Z", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_ClockAhead_TellsHowFar()
    {
        var profile = Schemes.Profiles.Single(p => p.Name == "slack");
        var request = new TestSigner(profile, "k"u8.ToArray()) { SignedAt = TestSigner.Now + 754 }.Send("{}"u8.ToArray());

        var finding = Assert.Single(SignatureDoctor.Diagnose(request, new ProfileSignatureScheme(profile), ["k"], []));

        Assert.Equal(SignatureCause.ClockSkew, finding.Cause);
        Assert.Contains("754 s after", finding.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sendgrid", SignatureCause.BodyReserialized)]
    [InlineData("discord", SignatureCause.BodyReserialized)]
    public void Diagnose_PublicKeyAndBodyTouched_Found(string name, SignatureCause expected)
    {
        var profile = Schemes.Profiles.Single(p => p.Name == name);
        var vector = profile.Vectors[0];
        var touched = Encoding.UTF8.GetBytes(name == "sendgrid" ? vector.Body.TrimEnd() : vector.Body + "\n");

        var findings = SignatureDoctor.Diagnose(vector.ToRequest() with { Body = touched }, new ProfileSignatureScheme(profile), [vector.Secret], []);

        Assert.Equal(expected, findings[0].Cause);
        Assert.True(findings[0].Proven);
    }

    [Theory]
    [InlineData("basic", "Aladdin:open sesame", "Basic Aladdin:open sesame", SignatureCause.EncodingMixup)]
    [InlineData("bearer", "s3cr3t-t0ken", "s3cr3t-t0ken", SignatureCause.PrefixMissing)]
    [InlineData("bearer", "s3cr3t-t0ken", "Bearer other", SignatureCause.WrongSecret)]
    [InlineData("bearer", "s3cr3t-t0ken\n", "Bearer s3cr3t-t0ken", SignatureCause.SecretFormat)]
    public void Diagnose_Tokens_Found(string name, string secret, string header, SignatureCause expected)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        var request = SignedRequests.Of([("Authorization", header)], "{}"u8.ToArray());

        Assert.Equal(expected, SignatureDoctor.Diagnose(request, scheme, [secret], [])[0].Cause);
    }

    [Fact]
    public void Diagnose_MeantForAnotherSource_NamesIt()
    {
        Assert.True(Schemes.TryFind("gitlab-token", out var scheme));
        Assert.True(Schemes.TryFind("github", out var github));
        var vector = Schemes.Profiles.Single(p => p.Name == "gitlab-token").Vectors[0];

        var finding = SignatureDoctor.Diagnose(vector.ToRequest(), scheme, ["another"], [("code", github, ["x"]), ("builds", scheme, [vector.Secret])])[0];

        Assert.Equal(SignatureCause.OtherSourcesSecret, finding.Cause);
        Assert.Contains("'builds'", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnose_HostileInput_BoundedAndSilent()
    {
        var random = new Random(5);
        var large = new byte[8 << 20];
        random.NextBytes(large);
        byte[][] bodies =
        [
            large,
            "\"\\ud800\""u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('[', 5000)),
            [0x1f, 0x8b, 1, 2],
            "{\"a\":1,\"a\":2}"u8.ToArray(),
        ];
        foreach (var profile in Schemes.Profiles)
        {
            foreach (var body in profile.Name is "github" or "twilio" or "discord" ? bodies : bodies[1..])
            {
                var request = SignedRequests.Of(
                    [
                        ("Authorization", "Bearer é"),
                        .. HeaderFindings.Needed(profile).Distinct().Where(name => name != "Authorization").Select(name => (name, "sha1=,v1,=t=1;ts=2 zz")),
                    ],
                    body
                );
                _ = SignatureDoctor.Diagnose(request, new ProfileSignatureScheme(profile), ["", "whsec_", "x"], []);
            }
        }
    }

    [Fact]
    public void Diagnose_MegabyteOfJson_StillFound()
    {
        var profile = Schemes.Profiles.Single(p => p.Name == "github");
        var body = Encoding.UTF8.GetBytes("[" + string.Join(",\n", Enumerable.Range(0, 90_000).Select(i => $"\"{i}\"")) + "]");
        var request = new TestSigner(profile, "k"u8.ToArray()) { SignedBody = [.. body, (byte)'\n'] }.Send(body);
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        var finding = SignatureDoctor.Diagnose(request, new ProfileSignatureScheme(profile), ["k"], [])[0];

        output.WriteLine($"{body.Length} bytes: {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        Assert.Equal(SignatureCause.BodyReserialized, finding.Cause);
    }

    private static IEnumerable<PlantedError> ForeignSenders() =>
        from own in Hmacs
        from sender in Hmacs
        where
            own.Signature.BodyField is null
            && sender.Signature.BodyField is null
            && !HeaderFindings.Needed(own).Intersect(HeaderFindings.Needed(sender), StringComparer.OrdinalIgnoreCase).Any()
        select new PlantedError(
            "another provider",
            SignatureCause.WrongScheme,
            own,
            new TestSigner(sender, [1, 2, 3]).Send("{\"a\":1}"u8.ToArray()),
            ["c2VjcmV0c2VjcmV0"],
            ["b3RoZXJvdGhlcm90"]
        );

    private static bool IsRefused(PlantedError error) =>
        !new ProfileSignatureScheme(error.Profile).Verify(error.Request, error.Secrets).IsValid
        && (error.Kind != "secret: not decoded" || error.Profile.Secret.Format != ByteEncoding.Utf8)
        && (error.Kind != "secret: line break at the sender" || error.Profile.Secret.Format == ByteEncoding.Utf8)
        && (error.Kind != "secret: decoded" || error.Profile.Secret.Format == ByteEncoding.Utf8);

    private static IReadOnlyList<Finding> Diagnose(PlantedError error)
    {
        var scheme = new ProfileSignatureScheme(error.Profile);
        return SignatureDoctor.Diagnose(error.Request, scheme, error.Secrets, [("elsewhere", scheme, error.OtherSecrets)]);
    }
}
