using Hub.Signatures.Handshakes;
using Hub.Signatures.Tests.Doctor;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures.Tests;

/// <summary>
/// What each provider sends first is answered as it wants, and so is what it delivers: one table for all profiles, so that none is forgotten.
/// </summary>
public sealed class FirstRequestTests
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";
    private const string Origin = "WebHook-Request-Origin: eventgrid.azure.net";

    private static readonly SignatureSchemes Schemes = new();

    /// <summary>Scheme, handshake, method, query, body or the number of a vector, headers, status, and the body or the header of the answer.</summary>
    public static TheoryData<string, string, string, string, string, string, int, string> Firsts =>
        new()
        {
            { "asana", "X-Hook-Secret", "POST", "", "", "X-Hook-Secret: b537207f", 200, "X-Hook-Secret: b537207f" },
            { "aws-sns", "SubscriptionConfirmation", "POST", "", "vector 2", "", 200, "" },
            {
                "azure-event-grid",
                "SubscriptionValidation",
                "POST",
                "",
                "vector 2",
                "",
                200,
                """{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}"""
            },
            { "azure-event-grid", "WebHook-Request-Origin", "OPTIONS", "", "", Origin + "|WebHook-Request-Rate: 120", 200, "WebHook-Allowed-Rate: 120" },
            { "azure-event-grid", "WebHook-Request-Origin", "OPTIONS", "", "", Origin, 200, "WebHook-Allowed-Origin: eventgrid.azure.net" },
            { "cloudevents", "WebHook-Request-Origin", "OPTIONS", "", "", Origin + "|WebHook-Request-Rate: 120", 200, "WebHook-Allowed-Rate: 120" },
            { "cloudevents", "WebHook-Request-Origin", "OPTIONS", "", "", Origin, 200, "WebHook-Allowed-Origin: eventgrid.azure.net" },
            { "discord", "webhook event PING", "POST", "", "vector 0", "", 204, "" },
            { "discord", "interaction PING", "POST", "", """{"type":1,"token":"x"}""", "", 401, "" },
            { "dropbox", "challenge", "GET", "?challenge=9PsNpfNH", "", "", 200, "9PsNpfNH" },
            { "mandrill", "mandrill_events=[]", "POST", "", "mandrill_events=%5B%5D", "Content-Type: application/x-www-form-urlencoded", 200, "" },
            { "microsoft-graph", "validationToken", "POST", "?validationToken=Validation%3A+Testing", "", "", 200, "Validation: Testing" },
            { "notion", "verification_token", "POST", "", """{"verification_token":"secret_tMrlL1qK5"}""", "", 200, "" },
            { "slack", "url_verification", "POST", "", """signed {"type":"url_verification","challenge":"3eZbrw1a"}""", "", 200, "3eZbrw1a" },
            { "trello", "head", "HEAD", "", "", "", 200, "" },
            {
                "twitter",
                "challenge response check",
                "GET",
                "?crc_token=abc",
                "",
                "",
                200,
                """{"response_token":"sha256=aw9lxFzuOVwanDMUTVSyO1tyUJy8fuKHHeVpAKcP4jA="}"""
            },
            { "whatsapp-meta", "hub.challenge", "GET", "?hub.mode=subscribe&hub.challenge=1158&hub.verify_token=t0ken", "", "", 200, "1158" },
            { "woocommerce", "ping", "POST", "", "webhook_id=17", "Content-Type: application/x-www-form-urlencoded", 200, "" },
            { "xero", "intent to receive", "POST", "", """signed {"events":[],"firstEventSequence":0,"lastEventSequence":0}""", "", 200, "" },
            { "xero", "intent to receive", "POST", "", """{"events":[],"firstEventSequence":0,"lastEventSequence":0}""", "x-xero-signature: AAAA", 401, "" },
            {
                "zoom",
                "endpoint.url_validation",
                "POST",
                "",
                """signed {"event":"endpoint.url_validation","payload":{"plainToken":"abc"}}""",
                "",
                200,
                """{"plainToken":"abc","encryptedToken":"6b0f65c45cee395c1a9c33144d54b23b5b72509cbc7ee2871de56900a70fe230"}"""
            },
        };

    /// <summary>Scheme, status and text of the answer to a delivery; 202 stands for any status of success.</summary>
    public static TheoryData<string, int, string> Answers =>
        new()
        {
            { "adyen", 200, "[accepted]" },
            { "adyen-platform", 200, "[accepted]" },
            { "asana", 200, "" },
            { "aws-sns", 202, "" },
            { "azure-event-grid", 202, "" },
            { "basic", 202, "" },
            { "bearer", 202, "" },
            { "bitbucket", 202, "" },
            { "calendly", 202, "" },
            { "cloudevents", 202, "" },
            { "discord", 202, "" },
            { "dropbox", 202, "" },
            { "gitea", 202, "" },
            { "github", 202, "" },
            { "gitlab-signing-token", 202, "" },
            { "gitlab-token", 202, "" },
            { "hubspot-v1", 202, "" },
            { "hubspot-v2", 202, "" },
            { "hubspot-v3", 202, "" },
            { "intercom", 200, "" },
            { "linear", 200, "" },
            { "mailgun", 200, "" },
            { "mandrill", 200, "" },
            { "microsoft-graph", 202, "" },
            { "notion", 202, "" },
            { "paddle", 200, "" },
            { "pagerduty", 202, "" },
            { "paypal", 202, "" },
            { "sendgrid", 202, "" },
            { "sentry", 202, "" },
            { "shopify", 202, "" },
            { "slack", 202, "" },
            { "square", 202, "" },
            { "standard-webhooks", 202, "" },
            { "stripe", 202, "" },
            { "svix", 202, "" },
            { "telegram", 202, "" },
            { "trello", 200, "" },
            { "twilio", 200, "<Response/>" },
            { "twitter", 200, "" },
            { "typeform", 202, "" },
            { "vercel", 202, "" },
            { "whatsapp-meta", 200, "" },
            { "woocommerce", 202, "" },
            { "xero", 200, "" },
            { "zendesk", 202, "" },
            { "zoom", 200, "" },
        };

    [Fact]
    public void Tables_NameEveryHandshakeAndProfile()
    {
        Assert.Equal(Schemes.Profiles.Select(profile => profile.Name).Order(StringComparer.Ordinal), Answers.Select(row => row.Data.Item1));
        Assert.Equal(
            Schemes.Profiles.SelectMany(profile => profile.Handshakes.Select(handshake => (profile.Name, handshake.Name))).Distinct().Order(),
            Firsts.Select(row => (row.Data.Item1, row.Data.Item2)).Distinct().Order()
        );
        Assert.All(Schemes.Profiles.Where(profile => profile.Handshakes.Count > 0), profile => Assert.NotNull(profile.First));
    }

    [Theory]
    [MemberData(nameof(Firsts))]
    public void First_OfEachProvider_IsAnsweredAsItWants(
        string name,
        string handshake,
        string method,
        string query,
        string body,
        string headers,
        int status,
        string expected
    )
    {
        var (scheme, profile) = Find(name);
        var (request, secrets) = RequestOf(scheme, profile, method, query, body, headers);

        var answer = HandshakeResponder.Answer(scheme, request, secrets)!;

        Assert.Equal((handshake, status), (answer.Name, answer.Status));
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        Assert.Contains(expected, answer.Headers.Select(header => $"{header.Key}: {header.Value}").Append(text));
        Assert.Equal(name == "aws-sns" ? "sns.us-west-2.amazonaws.com" : null, answer.Visit?.Host);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Delivery_OfEachProvider_IsAnsweredAsItCountsForSuccess(string name, int status, string text)
    {
        var (scheme, profile) = Find(name);
        var answer = HandshakeResponder.Acknowledge(scheme, profile.Vectors[0].ToRequest(scheme.Certificate));
        Assert.Equal((status, text), answer is null ? (202, "") : (answer.Status, Encoding.UTF8.GetString(answer.Body.Span)));
    }

    [Theory]
    [InlineData("""{"type":1,"event":{"type":"ENTITLEMENT_CREATE"}}""", 204)]
    [InlineData("""{"type":2,"token":"x","id":"1"}""", null)]
    public void Discord_EventsAlone_AreAnswered204(string body, int? status)
    {
        var request = SignedRequests.Of([], Encoding.UTF8.GetBytes(body));
        Assert.Equal(status, HandshakeResponder.Acknowledge(Find("discord").Scheme, request)?.Status);
    }

    private static (SignedRequest Request, string[] Secrets) RequestOf(
        ISignatureScheme scheme,
        SignatureProfile profile,
        string method,
        string query,
        string body,
        string headers
    )
    {
        if (body.StartsWith("vector ", StringComparison.Ordinal))
        {
            var vector = profile.Vectors[body[^1] - '0'];
            return (vector.ToRequest(scheme.Certificate), [vector.Secret]);
        }

        string[] secrets = profile.Algorithm == SignatureAlgorithm.Ed25519 ? [profile.Vectors[0].Secret] : [Secret, "verify:t0ken"];
        if (body.StartsWith("signed ", StringComparison.Ordinal))
        {
            return (new TestSigner(profile, Encoding.UTF8.GetBytes(Secret)).Send(Encoding.UTF8.GetBytes(body[7..])), secrets);
        }

        var all = new HeaderDictionary();
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            all[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..];
        }

        var request = new SignedRequest(
            method,
            "https://hub.example.com/webhooks/incoming/abc" + query,
            all,
            Encoding.UTF8.GetBytes(body),
            DateTimeOffset.FromUnixTimeSeconds(TestSigner.Now)
        );
        return (request, secrets);
    }

    private static (ISignatureScheme Scheme, SignatureProfile Profile) Find(string name)
    {
        Assert.True(Schemes.TryFind(name, out var scheme));
        return (scheme, Schemes.Profiles.Single(profile => profile.Name == name));
    }
}
