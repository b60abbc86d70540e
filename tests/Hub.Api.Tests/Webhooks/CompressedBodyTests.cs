using System.IO.Compression;
using System.Security.Cryptography;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Signed and kept as it came, unpacked for the workflow, and nothing is accepted that cannot be.</summary>
public sealed class CompressedBodyTests(HubFixture fixture) : HubTest(fixture)
{
    private const string Secret = "9hR2xkVh3qT7wLmZ";

    [Fact]
    public async Task Body_Gzipped_IsVerifiedAndKeptRawAndGivenUnpacked()
    {
        var source = await AddSourceAsync($$"""  "signature":{"scheme":"github","secrets":["{{Secret}}"]},"dedupe":"body:/id"  """);
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"id":{"$path":"$.trigger.body.id"}}}]""", source);
        var packed = Gzip("""{"id":"evt-1"}"""u8.ToArray());
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), packed));
        var delivery = await Hub.DeliverAsync(source, packed, "", ("Content-Encoding", "gzip"), ("X-Hub-Signature-256", signature));
        Assert.Equal(packed, await Hub.Api.GetByteArrayAsync($"/api/v1/deliveries/{delivery}/body", Cancel));
        var execution = Assert.Single(await Hub.EndsOfDeliveryAsync(delivery));
        Assert.Equal("evt-1", execution.Step("a").GetProperty("output").GetProperty("id").GetString());
        using var again = await Hub.PostAsync(source, packed, "", ("Content-Encoding", "gzip"), ("X-Hub-Signature-256", signature));
        Assert.Equal(delivery, (await ReadAsync(again, 200)).GetProperty("deliveryId").GetGuid());
    }

    [Fact]
    public async Task Body_ThatCannotBeUnpacked_IsRefused()
    {
        var source = await Hub.AddSourceAsync(bodyLimit: 25 << 20);
        var packed = Gzip(Encoding.UTF8.GetBytes(new string('x', 100) + Guid.CreateVersion7()));
        foreach (
            var (body, encoding, status, code) in new[]
            {
                (Gzip(new byte[25 << 20]), "gzip", 413, "body_inflates_too_much"),
                (Gzip(Gzip(new byte[25 << 20])), "gzip", 202, ""),
                (packed[..^3], "gzip", 400, "body_encoding_invalid"),
                ("{}"u8.ToArray(), "gzip", 400, "body_encoding_invalid"),
                ("{}"u8.ToArray(), "br", 400, "body_encoding_invalid"),
                ("{}"u8.ToArray(), "deflate", 400, "body_encoding_invalid"),
                (packed, "gzip, gzip", 415, "content_encoding_unknown"),
                (packed, "zstd", 415, "content_encoding_unknown"),
                ("{}"u8.ToArray(), "identity", 202, ""),
            }
        )
        {
            using var response = await Hub.PostAsync(source, body, "", ("Content-Encoding", encoding));
            Assert.True(status == (int)response.StatusCode, $"{encoding} {body.Length}: {await response.Content.ReadAsStringAsync(Cancel)}");
            if (code.Length > 0)
            {
                await ProblemAsync(response, status, code);
            }
        }

        Assert.Equal(2, await DeliveriesAsync(source));
    }

    [Fact]
    public async Task Bomb_Unsigned_IsRefusedForItsSignatureAlone()
    {
        var source = await Hub.AddSourceAsync($$"""{"scheme":"github","secrets":["{{Secret}}"]}""");
        using var response = await Hub.PostAsync(
            source,
            Gzip(new byte[25 << 20]),
            "",
            ("Content-Encoding", "gzip"),
            ("X-Hub-Signature-256", "sha256=" + new string('0', 64))
        );
        await ProblemAsync(response, 401, "signature_invalid");
    }

    [Fact]
    public async Task Form_IsGivenAsAnObject()
    {
        var source = await Hub.AddSourceAsync();
        await Hub.AddWorkflowAsync("""[{"id":"a","type":"set","with":{"text":"{{ trigger.body.user }}: {{ trigger.body.tag | array.join ',' }}"}}]""", source);
        var delivery = await Hub.DeliverAsync(source, "user=Ann+B&tag=x&tag=y"u8.ToArray(), "", ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal("Ann B: x,y", Assert.Single(await Hub.EndsOfDeliveryAsync(delivery)).Step("a").GetProperty("output").GetProperty("text").GetString());
    }

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
