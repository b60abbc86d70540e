using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace Hub.EndToEnd;

public sealed class AddressConnectionsTests
{
    [Fact]
    public async Task Connections_BeyondAnAddressShare_AreClosedAndOthersServed()
    {
        var own = NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one));
        Assert.SkipWhen(own is null, "this machine has no address but loopback");
        await using var hub = new HubProcess(("Hub__Limits__MaxConnectionsPerAddress", "2"));
        hub.Set("ASPNETCORE_URLS", $"http://0.0.0.0:{hub.Address.Port}");
        await hub.StartAsync();

        using var first = new TcpClient();
        using var second = new TcpClient();
        using var third = new TcpClient();
        Assert.StartsWith("HTTP/1.1", await AskAsync(first, own, hub.Address.Port), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1", await AskAsync(second, own, hub.Address.Port), StringComparison.Ordinal);
        Assert.Equal("", await AskAsync(third, own, hub.Address.Port));
        using var health = await hub.Api.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        await hub.WaitForOutputAsync(output => output.Contains("Hub:Limits:MaxConnectionsPerAddress", StringComparison.Ordinal));
    }

    /// <summary>The first line of the answer; empty when the connection was closed without one.</summary>
    private static async Task<string> AskAsync(TcpClient client, IPAddress address, int port)
    {
        try
        {
            await client.ConnectAsync(address, port);
            await client.GetStream().WriteAsync("GET /health HTTP/1.1\r\nHost: hub\r\n\r\n"u8.ToArray());
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
            return await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) ?? "";
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return "";
        }
    }
}
