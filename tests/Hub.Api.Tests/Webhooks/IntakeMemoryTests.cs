using System.IO.Compression;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Small requests that unpack to large bodies come in great numbers: the hub reads as many at once as it has room for.</summary>
public sealed class IntakeMemoryTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync(("Hub:Intake:MaxBodyBytesInWork", $"{16 << 20}"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Bodies_ThatUnpackToMuch_FindRoomOneAfterAnotherOrAre503()
    {
        var source = await _hub.AddSourceAsync(bodyLimit: 1 << 20);
        var document = TestHub
            .Document("""[{ "id": "say", "type": "log", "with": { "message": "hello" } }]""", source)
            .Replace(
                $"\"source\": \"{source.Name}\"",
                $"\"source\": \"{source.Name}\", \"filter\": {{ \"path\": \"$.trigger.body[0]\", \"op\": \"equals\", \"value\": 7 }}",
                StringComparison.Ordinal
            );
        var id = (await _hub.SendAsync(HttpMethod.Post, "/api/v1/workflows", document)).GetProperty("id").GetGuid();
        await _hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{id}/activate");

        var dense = Dense(4 << 20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _hub.PostAsync(source, dense, "", ("Content-Encoding", "gzip"))));
        Assert.Contains(answers, answer => (int)answer.StatusCode == 202);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 202))
        {
            Assert.Equal(503, (int)answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Contains("\"busy\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Equal(0, _hub.Get<IntakeMemory>().Taken);
        await _hub.DeliverAsync(source, dense, "", ("Content-Encoding", "gzip"));
        using var tooMuch = await _hub.PostAsync(source, Dense(6 << 20), "", ("Content-Encoding", "gzip"));
        Assert.Equal(413, (int)tooMuch.StatusCode);
    }

    /// <summary>An array of so many numbers, and of enough that cannot be compressed to be within the ratio.</summary>
    private static byte[] Dense(int numbers)
    {
        var noise = new byte[200 << 10];
        new Random(1).NextBytes(noise);
        return Gzip(Encoding.UTF8.GetBytes($"[\"{Convert.ToBase64String(noise)}\",{string.Concat(Enumerable.Repeat("0,", numbers))}0]"));
    }

    private static byte[] Gzip(byte[] body)
    {
        var output = new MemoryStream();
        using (var packer = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            packer.Write(body);
        }

        return output.ToArray();
    }
}
