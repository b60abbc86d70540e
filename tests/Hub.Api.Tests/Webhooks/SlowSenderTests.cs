using System.Net.Sockets;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Webhooks;

/// <summary>Senders that send most of a body and then hardly anything, or hold what they were answered: what they can make the hub hold is bounded.</summary>
public sealed class SlowSenderTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IntakeMemory Memory => _hub.Get<IntakeMemory>();

    public async ValueTask InitializeAsync() =>
        _hub = await TestHub.StartAsync(
            ("Hub:Intake:MaxBodyBytesInWork", $"{16 * MiB}"),
            ("Hub:Limits:MinBodyRate", "1000"),
            ("Hub:Limits:BodyWindow", "00:00:01"),
            ("Hub:Limits:BodyTimeout", "00:00:03")
        );

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Bodies_ThatDrip_FillTheirSourcesShareAndAreCutWhileOthersAreServed()
    {
        var (slow, good) = (await _hub.AddSourceAsync(), await _hub.AddSourceAsync());
        var most = 0L;
        var drips = Enumerable.Range(0, 12).Select(_ => DripAsync(slow, MiB - 2000)).ToList();
        while (!drips.All(drip => drip.IsCompleted))
        {
            most = Math.Max(most, Memory.Taken);
            var delivered = await _hub.DeliverAsync(good, $$"""{"filler":"{{new string('x', 100_000)}}"}""");
            Assert.NotEqual(Guid.Empty, delivered);
        }

        var answers = await Task.WhenAll(drips);
        Assert.InRange(most, 3 * MiB, (4 * MiB) + 300_000);
        Assert.All(answers, answer => Assert.Contains("Connection: close", answer, StringComparison.Ordinal));
        var refused = answers.Where(answer => answer.StartsWith("HTTP/1.1 503", StringComparison.Ordinal)).ToList();
        var cut = answers.Where(answer => answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal)).ToList();
        Assert.Equal(12, refused.Count + cut.Count);
        Assert.InRange(cut.Count, 3, 4);
        Assert.All(refused, answer => Assert.Matches("Retry-After: [2-5]\r", answer));
        Assert.All(refused, answer => Assert.Contains("\"busy\"", answer, StringComparison.Ordinal));
        Assert.All(cut, answer => Assert.Contains("\"body_too_slow\"", answer, StringComparison.Ordinal));
        Assert.Equal(0, Memory.Taken);
        Assert.DoesNotContain("Reading is already in progress", _hub.Log.Text, StringComparison.Ordinal);
        Assert.Equal(0L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", slow.Id));
    }

    [Fact]
    public async Task Body_ThatComesFastEnoughButNeverEnds_IsCutAtItsDeadline()
    {
        var answer = await DripAsync(await _hub.AddSourceAsync(), 10_000, drip: 2000);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal(0, Memory.Taken);

        // The server looks at the rest of the body after it has answered; until then the connection is open.
        Assert.DoesNotContain("body reader is in an invalid state", _hub.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WhileItsSenderWaitsForTheOutcome_IsNotHeld()
    {
        var source = await AddWaitingAsync("when_finished");
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"delay","with":{"for":"1h"}}]""", source);
        var answer = _hub.PostAsync(source, new byte[2 * MiB]);
        while (await _hub.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source.Id) is not 1L)
        {
            Assert.False(answer.IsCompleted);
        }

        while (Memory.Taken != 0)
        {
            Assert.False(answer.IsCompleted);
        }

        Assert.Equal(202, (int)(await answer).StatusCode);
    }

    [Fact]
    public async Task Response_ThatThereIsNoRoomFor_IsLeftOut()
    {
        var source = await AddWaitingAsync("step");
        await _hub.AddWorkflowAsync(
            """[{"id":"r","type":"respond","with":{"body":[{"$path":"$.trigger.body"},{"$path":"$.trigger.body"},{"$path":"$.trigger.body"}]}}]""",
            source
        );
        var body = Encoding.UTF8.GetBytes($"\"{new string('x', MiB / 2)}\"");
        using (var answer = await _hub.PostAsync(source, body))
        {
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Cancel)).Length, 3 * body.Length, 4 * body.Length);
        }

        // What was sent is let go of a moment after its last byte is here.
        while (Memory.Taken != 0)
        {
            Cancel.ThrowIfCancellationRequested();
        }

        Assert.True(Memory.Of(source.Id).TryTake(3 * MiB, held: 0));
        using var accepted = await _hub.PostAsync(source, body);
        Assert.Equal(202, (int)accepted.StatusCode);
    }

    private async Task<TestSource> AddWaitingAsync(string mode)
    {
        var name = $"waiting-{mode}";
        var created = await _hub.SendAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            $$"""  {"name":"{{name}}","signature":{"scheme":"none"},"bodyLimit":{{4 * MiB}},"respond":{"mode":"{{mode}}","waitSeconds":3} }  """
        );
        return new TestSource(created.GetProperty("id").GetGuid(), name, created.GetProperty("token").GetString()!);
    }

    /// <summary>
    /// Sends the head of a body at once and then a little ten times a second. Gives all that was answered, until the hub closed the connection.
    /// </summary>
    private async Task<string> DripAsync(TestSource source, int head, int drip = 1)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_hub.Url.Host, _hub.Url.Port, Cancel);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        var answer = ReadAsync(reader);
        try
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"POST /webhooks/incoming/{source.Token} HTTP/1.1\r\nHost: hub\r\nContent-Length: {MiB}\r\n\r\n"),
                Cancel
            );
            await stream.WriteAsync(new byte[head], Cancel);
            while (!answer.IsCompleted)
            {
                await stream.WriteAsync(new byte[drip], Cancel);
                await Task.WhenAny(answer, Task.Delay(100, Cancel));
            }
        }
        catch (IOException)
        {
            // The hub closed the connection; what it said before is there.
        }

        return await answer;
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer, Cancel)) > 0; )
            {
                text.Append(buffer, 0, read);
                if (text.ToString() is var said && said.Contains("\r\n\r\n{", StringComparison.Ordinal) && said.Contains('}', StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // Reset after the answer.
        }

        return text.ToString();
    }
}
