using Hub.Engine.Intake;
using Hub.Signatures;
using Microsoft.AspNetCore.Http;

namespace Hub.Engine.Tests.Intake;

/// <summary>What tells a repetition, with every profile's own signed requests.</summary>
public sealed class DedupeKeyTests
{
    private static readonly SignatureSchemes Schemes = new();

    public static TheoryData<string> WithRule => [.. Schemes.Profiles.Where(profile => profile.Dedupe is not null).Select(profile => profile.Name)];

    public static TheoryData<string> Signing => [.. Schemes.Profiles.Where(profile => profile.Signed.Count > 0).Select(profile => profile.Name)];

    /// <summary>Whether the signature covers the id: a profile is one or the other on purpose.</summary>
    public static TheoryData<string, bool> Ids =>
        new()
        {
            { "adyen", false },
            { "asana", false },
            { "aws-sns", true },
            { "bitbucket", false },
            { "discord", true },
            { "gitea", false },
            { "github", false },
            { "gitlab-signing-token", true },
            { "hubspot-v1", false },
            { "hubspot-v2", false },
            { "hubspot-v3", false },
            { "intercom", true },
            { "linear", false },
            { "mailgun", false },
            { "mandrill", false },
            { "notion", true },
            { "paddle", true },
            { "pagerduty", true },
            { "paypal", false },
            { "sendgrid", true },
            { "sentry", false },
            { "shopify", false },
            { "slack", true },
            { "square", false },
            { "standard-webhooks", true },
            { "stripe", true },
            { "svix", true },
            { "trello", false },
            { "twilio", false },
            { "twitter", false },
            { "typeform", true },
            { "vercel", true },
            { "whatsapp-meta", false },
            { "woocommerce", false },
            { "xero", true },
            { "zendesk", false },
        };

    [Fact]
    public void Ids_NameEveryProfileThatSigns() =>
        Assert.Equal(
            WithRule.Select(row => row.Data).Intersect(Signing.Select(row => row.Data)).Order(StringComparer.Ordinal),
            Ids.Select(row => row.Data.Item1)
        );

    [Theory]
    [MemberData(nameof(Ids))]
    public void Provider_IdThatIsNotSigned_DoesNotCountAlone(string name, bool isCovered)
    {
        var (scheme, profile) = Find(name);
        Assert.True(DedupeRule.TryParse(profile.Dedupe, out var rule));
        Assert.Equal(isCovered, rule.Field is { } field && scheme.Covers(field));
        Assert.True(isCovered || profile.DeliveryId is null || rule.Field is null);
        var id = RequestField.TryParse(profile.DeliveryId, out var shown) ? shown : rule.Field;
        var key = KeyOf("provider", scheme);
        foreach (var vector in profile.Vectors)
        {
            var request = vector.ToRequest(scheme.Certificate);
            Assert.True(scheme.Verify(request, [vector.Secret]).IsValid);
            var known = Keys(key, request);
            foreach (var replay in Replays(request, id))
            {
                Assert.True(scheme.Verify(replay, [vector.Secret]).IsValid);
                Assert.NotEmpty(Keys(key, replay).Intersect(known));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Signing))]
    public void SignedKeys_OfAnotherContent_AreOthers(string name)
    {
        var (scheme, profile) = Find(name);
        var keys = profile.Vectors.SelectMany(vector => scheme.SignedKeysOf(vector.ToRequest(scheme.Certificate))).ToList();
        Assert.True(keys.Count >= profile.Vectors.Count);
        Assert.All(keys, key => Assert.StartsWith(" ", key, StringComparison.Ordinal));

        // The port is the sender's choice, so some requests of Twilio's are one; Mailgun's have one token in several forms.
        Assert.Equal(keys.Count, name is "twilio" or "mailgun" ? keys.Count : keys.Distinct().Count());
    }

    [Theory]
    [InlineData("github", "header:x-github-delivery", 1)]
    [InlineData("github", "header:X-Id", 1)]
    [InlineData("github", "header-alone:X-GitHub-Delivery", 0)]
    [InlineData("github", "body-hash", 1)]
    [InlineData("github", "signed", 1)]
    [InlineData("github", "body:/id", 0)]
    [InlineData("github", "jsonpath:$.id", 0)]
    [InlineData("github", "body:/absent", 1)]
    [InlineData("mailgun", "body:/event-data/id", 1)]
    [InlineData("mailgun", "body:/signature/token", 1)]
    [InlineData("none", "header:X-Id", 0)]
    [InlineData("bearer", "header:X-Id", 0)]
    public void SignedKeys_AreThereWhereTheIdIsNotCertain(string name, string text, int count)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        var body = name == "mailgun" ? """{"signature":{"timestamp":"1700000000","token":"t","signature":"00"},"event-data":{"id":"1"}}""" : """{"id":"1"}""";
        var request = new SignedRequest(
            "POST",
            "https://hub/",
            new HeaderDictionary
            {
                ["X-Id"] = "1",
                ["X-GitHub-Delivery"] = "1",
                ["X-Hub-Signature-256"] = "sha256=00",
            },
            Encoding.UTF8.GetBytes(body),
            default
        );
        var key = KeyOf(text, scheme);
        Assert.Equal(count, key.SignedKeysOf(request, key.IdOf(request)).Count);
    }

    /// <summary>Ids are shown and searched for.</summary>
    [Theory]
    [InlineData("header:Authorization")]
    [InlineData("header:cookie")]
    [InlineData("header:X-Api-Key")]
    [InlineData("header:Proxy-Authorization")]
    [InlineData("header-alone:X-Gitlab-Token")]
    public void TryParse_AHeaderThatIsKeptMasked_IsNoId(string text)
    {
        Assert.True(Schemes.TryFind("none", out var scheme));
        Assert.False(DedupeKey.TryParse(text, scheme, out _, out var error));
        Assert.Contains("kept masked", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("github", "provider", "1", false)]
    [InlineData("github", "signed", "1", false)]
    [InlineData("github", "header:X-GITHUB-Delivery", "1", false)]
    [InlineData("github", "header-alone:X-GitHub-Delivery", "1", true)]
    [InlineData("github", "header:X-Id", "2", true)]
    [InlineData("adyen-platform", "signed", null, false)]
    [InlineData("none", "header:X-Id", "2", true)]
    public void Id_IsShownAndCountsWhereTheProviderMayRepeatOtherwise(string name, string text, string? id, bool counts)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        var key = KeyOf(text, scheme);
        var request = new SignedRequest(
            "POST",
            "https://hub/",
            new HeaderDictionary { ["X-GitHub-Delivery"] = "1", ["X-Id"] = "2" },
            "{}"u8.ToArray(),
            default
        );
        Assert.Equal((id, counts), (key.IdOf(request), key.IsKnownById));
    }

    [Fact]
    public void BodyId_OfACompressedBody_IsNotCertain()
    {
        // Content-Encoding is not signed: without it the same bytes have no id.
        var scheme = Find("stripe").Scheme;
        var key = KeyOf("provider", scheme);
        var headers = new HeaderDictionary { ["Stripe-Signature"] = "t=1,v1=00", ["Content-Encoding"] = "gzip" };
        var packed = new SignedRequest("POST", "https://hub/", headers, new byte[] { 1, 2, 3 }, default);
        var sent = key.SignedKeysOf(packed, key.IdOf(packed with { Body = """{"id":"1"}"""u8.ToArray() }));
        var stripped = packed with { Headers = new HeaderDictionary { ["Stripe-Signature"] = "t=1,v1=00" } };
        Assert.Equal(Assert.Single(sent), Assert.Single(key.SignedKeysOf(stripped, key.IdOf(stripped))));
    }

    /// <summary>Under the same signature a body's first character may move into the query: then the body has another id, or none.</summary>
    [Fact]
    public void UrlAndBody_JoinedWithoutASeparator_HaveTheKeyOfBoth()
    {
        var key = KeyOf("provider", Find("square").Scheme);
        var sent = new SignedRequest(
            "POST",
            "https://hub/in?a=1",
            new HeaderDictionary { ["X-Square-HmacSha256-Signature"] = "AAAA" },
            """{"event_id":"e1"}"""u8.ToArray(),
            default
        );
        var moved = sent with { Url = "https://hub/in?a=1{", Body = "\"event_id\":\"e1\"}"u8.ToArray() };
        Assert.NotEmpty(Keys(key, sent).Intersect(Keys(key, moved)));
    }

    [Theory]
    [InlineData("none", "signed")]
    [InlineData("bearer", "signed")]
    [InlineData("none", "provider")]
    [InlineData("none", "header-alone:")]
    public void TryParse_WhatTellsNothing_SaysWhy(string name, string text)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        Assert.False(DedupeKey.TryParse(text, scheme, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void InForce_SchemesThatSignNoEvent_HaveTheirRule()
    {
        Assert.Equal(
            ["adyen", "aws-sns", "mailgun", "paypal"],
            Schemes.Profiles.Where(profile => DedupeKey.InForce(null, Find(profile.Name).Scheme) is not null).Select(profile => profile.Name)
        );
        Assert.Equal("body-hash", DedupeKey.InForce("body-hash", Find("mailgun").Scheme));
    }

    /// <summary>The same signed content as somebody would send it again: under another id, under none, and with whatever else is not signed.</summary>
    private static IEnumerable<SignedRequest> Replays(SignedRequest request, RequestField? id)
    {
        yield return With(request, "X-Something", "else");
        yield return With(request, "Content-Encoding", "identity");
        if (id is { Kind: RequestFieldKind.Header } && !request.Headers.ContainsKey(id.Name))
        {
            yield return With(request, id.Name, "one");
            yield return With(request, id.Name, "two");
        }
    }

    private static SignedRequest With(SignedRequest request, string name, string value)
    {
        var headers = new HeaderDictionary();
        foreach (var header in request.Headers)
        {
            headers[header.Key] = header.Value;
        }

        headers[name] = value;
        return request with { Headers = headers };
    }

    private static IReadOnlyList<string> Keys(DedupeKey key, SignedRequest request)
    {
        var id = key.IdOf(request);
        return [.. key.SignedKeysOf(request, id), .. id is null || !key.IsKnownById ? [] : new[] { id }];
    }

    private static DedupeKey KeyOf(string text, ISignatureScheme scheme)
    {
        Assert.True(DedupeKey.TryParse(text, scheme, out var key, out var error), error);
        return key;
    }

    private static (ISignatureScheme Scheme, SignatureProfile Profile) Find(string name)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        return (scheme, Schemes.Profiles.Single(profile => profile.Name == name));
    }
}
