using System.Net;
using System.Net.Sockets;
using Hub.Connectors.Http;

namespace Hub.Connectors.Tests.Http;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Zo\xEB", "Zoë")]
    [InlineData("Zo\xC3\xAB", "Zoë")]
    [InlineData("\xC3", "Ã")]
    [InlineData("\xE2\x82 \xE2\x82\xAC", "â\u0082 €")]
    [InlineData("\xED\xA0\x80", "í\u00A0\u0080")]
    [InlineData("\xF0\x9F\x92\xA9 \xF0\x9F\x92", "💩 ð\u009F\u0092")]
    public void Bytes_Any_AreUtf8WhereTheyCanBeElseLatin1(string bytes, string text) =>
        Assert.Equal(text, HeaderText.Encoding.GetString(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("Zoë", true)]
    [InlineData("Łódź", false)]
    public void Text_OfLatin1_IsKnown(string text, bool expected) => Assert.Equal(expected, HeaderText.MayBeLatin1(text));

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
