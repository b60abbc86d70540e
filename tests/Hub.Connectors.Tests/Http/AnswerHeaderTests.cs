using System.Net;
using System.Net.Sockets;

namespace Hub.Connectors.Tests.Http;

public sealed class AnswerHeaderTests
{
    [Fact]
    public async Task Answer_HeaderInLatin1_IsReadAsText()
    {
        using var hub = new StandIns.TestHub();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener);
        var result = await hub.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        await served;
        Assert.Equal("Zoë", result.Response!.Headers["x-name"]);
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken));
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes("HTTP/1.1 204 No Content\r\nX-Name: Zo\xEB\r\nConnection: close\r\n\r\n"),
            TestContext.Current.CancellationToken
        );
    }
}
