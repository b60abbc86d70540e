using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Amazon SNS from the subscription on, with its scheme's profile pointed at a server on loopback.</summary>
public sealed class SnsTests : IAsyncLifetime
{
    private const string Topic = "arn:aws:sns:us-west-2:123456789012:MyTopic";
    private const string CertificatePath = "/SimpleNotificationService-1.pem";

    private static readonly string[] Lines = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    private readonly RSA _key = RSA.Create(2048);
    private readonly DirectoryInfo _profiles = Directory.CreateTempSubdirectory("flowpilot-profiles-");
    private StandIn _amazon = null!;
    private TestHub _hub = null!;
    private TestSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        _amazon = await StandIn.StartAsync();
        var request = new CertificateRequest("CN=sns.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        _amazon.On(CertificatePath, new StandInAnswer(200, certificate.ExportCertificatePem(), "application/x-pem-file"));

        using var resource = System.Reflection.Assembly.Load("Hub.Signatures").GetManifestResourceStream("Profiles/aws-sns.json")!;
        using var reader = new StreamReader(resource);
        var profile = (await reader.ReadToEndAsync())
            .Replace("\"name\": \"aws-sns\"", "\"name\": \"local-sns\"", StringComparison.Ordinal)
            .Replace(
                """["sns.*.amazonaws.com", "sns.*.amazonaws.com.cn"]""",
                $"[\"{_amazon.Url.GetLeftPart(UriPartial.Authority)}\"]",
                StringComparison.Ordinal
            );
        await File.WriteAllTextAsync(Path.Combine(_profiles.FullName, "local-sns.json"), profile);
        var roots = Path.Combine(_profiles.FullName, "roots.pem");
        await File.WriteAllTextAsync(roots, certificate.ExportCertificatePem());
        _hub = await TestHub.StartAsync(("Hub:Signatures:ProfileFolder", _profiles.FullName), ("Hub:Signatures:RootsFile", roots));
        _source = await _hub.AddSourceAsync($$"""{"scheme":"local-sns","secrets":["{{Topic}}"]}""");
        await _hub.AddWorkflowAsync("""[{ "id": "copy", "type": "set", "with": { "text": "{{ trigger.body.Message }}" } }]""", _source);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _amazon.DisposeAsync();
        _key.Dispose();
        _profiles.Delete(recursive: true);
    }

    [Fact]
    public async Task Sns_FromTheSubscriptionToTheNotification()
    {
        // The subscription is confirmed by a call, once it is proven to be the topic's.
        _amazon.On("/", new StandInAnswer(500), StandInAnswer.Ok);
        var confirm = new Dictionary<string, string>
        {
            ["Token"] = "2336412f37",
            ["SubscribeURL"] = _amazon.At("/?Action=ConfirmSubscription&Token=2336412f37"),
        };
        await AnswersAsync(503, Message("SubscriptionConfirmation", "c1", "You have chosen", confirm));
        await AnswersAsync(200, Message("SubscriptionConfirmation", "c1", "You have chosen", confirm));
        Assert.Equal("?Action=ConfirmSubscription&Token=2336412f37", _amazon.To("/")[1].Query);

        // To nobody else, and nowhere else.
        await AnswersAsync(401, Message("SubscriptionConfirmation", "c2", "x", confirm, topic: Topic + "s"));
        await AnswersAsync(401, Message("SubscriptionConfirmation", "c3", "x", confirm).Replace("2336412f37\"", "2336412f38\"", StringComparison.Ordinal));
        await AnswersAsync(
            400,
            Message("SubscriptionConfirmation", "c4", "x", new() { ["Token"] = "1", ["SubscribeURL"] = "https://sns.example.com/?Action=ConfirmSubscription" })
        );
        Assert.Equal(2, _amazon.To("/").Count);
        Assert.Equal(0L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", _source.Id));

        // Notifications of both versions run once, and read JSON under text/plain.
        foreach (var version in new[] { "1", "2" })
        {
            var notification = Message("Notification", "n" + version, "Hello\nworld", version: version);
            var id = (await AnswersAsync(202, notification)).GetProperty("deliveryId").GetGuid();
            Assert.Equal("Hello\nworld", Assert.Single(await _hub.EndsOfDeliveryAsync(id)).Step("copy").GetProperty("output").GetProperty("text").GetString());
            Assert.True((await AnswersAsync(200, notification)).GetProperty("duplicate").GetBoolean());
        }

        // The certificate was fetched once for all.
        Assert.Single(_amazon.To(CertificatePath));
        await AnswersAsync(401, Message("Notification", "n3", "x", certificate: "https://sns.us-west-2.amazonaws.com.example.com" + CertificatePath));
        var forged = new CertificateRequest("CN=sns.us-west-2.amazonaws.com", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var selfSigned = forged.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        _amazon.On("/SimpleNotificationService-own.pem", new StandInAnswer(200, selfSigned.ExportCertificatePem(), "application/x-pem-file"));
        await AnswersAsync(401, Message("Notification", "n6", "x", certificate: _amazon.At("/SimpleNotificationService-own.pem")));
        await AnswersAsync(401, Message("Notification", "n4", "x", certificate: _amazon.At("/SimpleNotificationService-none.pem")));
    }

    [Fact]
    public async Task Sns_CertificateThatCannotBeFetched_IsAskedForAgainLater()
    {
        _amazon.On("/SimpleNotificationService-2.pem", new StandInAnswer(500));
        var problem = await AnswersAsync(503, Message("Notification", "n5", "x", certificate: _amazon.At("/SimpleNotificationService-2.pem")));
        Assert.Equal("certificate_unavailable", problem.GetProperty("code").GetString());
    }

    private async Task<JsonElement> AnswersAsync(int status, string message)
    {
        using var content = new StringContent(message, Encoding.UTF8, "text/plain");
        using var response = await _hub.Web.PostAsync($"/webhooks/incoming/{_source.Token}", content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        return text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
    }

    private string Message(
        string type,
        string id,
        string text,
        Dictionary<string, string>? more = null,
        string version = "2",
        string topic = Topic,
        string? certificate = null
    )
    {
        var fields = new Dictionary<string, string>(more ?? [])
        {
            ["Type"] = type,
            ["MessageId"] = id,
            ["TopicArn"] = topic,
            ["Message"] = text,
            ["Timestamp"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
        var signed = Encoding.UTF8.GetBytes(string.Concat(Lines.Where(fields.ContainsKey).Select(name => $"{name}\n{fields[name]}\n")));
#pragma warning disable CA5350 // Version 1 of SNS.
        var hash = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
#pragma warning restore CA5350
        fields["SignatureVersion"] = version;
        fields["Signature"] = Convert.ToBase64String(_key.SignData(signed, hash, RSASignaturePadding.Pkcs1));
        fields["SigningCertURL"] = certificate ?? _amazon.At(CertificatePath);
        return JsonSerializer.Serialize(fields);
    }
}
