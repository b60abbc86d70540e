using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Whatever looks at a compressed body before it is kept, it is unpacked once.</summary>
public sealed class UnpackedOnceTests : HubTest, IDisposable
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    private readonly ConcurrentDictionary<Guid, long> _unpacked = new();
    private readonly MeterListener _listener = new();

    public UnpackedOnceTests(HubFixture fixture)
        : base(fixture)
    {
        var meters = Hub.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "flowpilot.intake.unpacked" && instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => _unpacked.AddOrUpdate((Guid)tags[0].Value!, count, (_, before) => before + count));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Delivery_WhoseBodyGivesIdAndDecidesTriggers_IsUnpackedOnceAtTheDoor()
    {
        var source = await AddReadSourceAsync();
        await Hub.DeliverAsync(source, Packed, "", ("Content-Encoding", "gzip"), ("X-Hub-Signature-256", SignatureWith(Secret)));
        Assert.Equal(1, _unpacked[source.Id]);
    }

    [Fact]
    public async Task Delivery_OutOfQuarantine_IsUnpackedOnceWhenItIsReleased()
    {
        var source = await AddReadSourceAsync();
        using var refused = await Hub.PostAsync(source, Packed, "", ("Content-Encoding", "gzip"), ("X-Hub-Signature-256", SignatureWith("another-secret")));
        var aside = (await ProblemAsync(refused, 401, "signature_invalid")).GetProperty("deliveryId").GetGuid();
        Assert.False(_unpacked.ContainsKey(source.Id));
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/sources/{source.Id}/secrets", """{ "secret": "another-secret" }""");
        var released = await Hub.SendAsync(HttpMethod.Post, $"/api/v1/deliveries/{aside}/release");
        Assert.Equal("accepted", released.GetProperty("verdict").GetString());
        Assert.Equal(1, _unpacked[source.Id]);
    }

    /// <summary>A Source that finds repetitions by its bodies, with a workflow whose trigger looks into them.</summary>
    private async Task<TestSource> AddReadSourceAsync()
    {
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"github","secrets":["{{Secret}}"]},"dedupe":"body:/id"  """);
        var document = $$"""
            {
              "schema": "flowpilot/v1",
              "name": "Reads {{source.Name}}",
              "trigger": {
                "type": "webhook",
                "source": "{{source.Name}}",
                "filter": { "path": "$.trigger.body.kind", "op": "equals", "value": "paid" }
              },
              "steps": [{ "id": "say", "type": "log", "with": { "message": "paid" } }]
            }
            """;
        var id = (await Hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/activate");
        return source;
    }

    private static byte[] Packed { get; } = Gzip("""{"id":"evt-1","kind":"paid"}"""u8.ToArray());

    private static string SignatureWith(string secret) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Packed));

    private static byte[] Gzip(byte[] body)
    {
        var output = new MemoryStream();
        using (var packer = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packer.Write(body);
        }

        return output.ToArray();
    }
}
