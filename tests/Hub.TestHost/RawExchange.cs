using System.Net.Sockets;
using System.Text;

namespace Hub.TestHost;

/// <summary>One exchange over a bare connection, for requests that no client would send.</summary>
/// <param name="Text">Everything that came back.</param>
/// <param name="IsClosed">Whether the hub closed the connection by itself.</param>
public sealed record RawExchange(string Text, bool IsClosed)
{
    /// <summary>The status of the first answer.</summary>
    public int Status => int.Parse(Text.AsSpan(9, 3));

    /// <summary>How many answers came.</summary>
    public int Answers => Text.Split("HTTP/1.1 ").Length - 1;

    /// <summary>Sends the bytes as they are, and reads until the hub closes the connection or has answered so many times.</summary>
    /// <param name="endsAfterwards">Whether the hub is told that no more bytes come.</param>
    public static async Task<RawExchange> SendAsync(Uri hub, string request, int answers, CancellationToken cancellationToken, bool endsAfterwards = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Host, hub.Port, cancellationToken);
        var stream = client.GetStream();
        var sending = SendAllAsync();
        var (text, buffer) = (new StringBuilder(), new byte[16 << 10]);
        var exchange = new RawExchange("", false);
        while (!exchange.IsClosed && exchange.Answers < answers)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            exchange = new RawExchange(text.Append(Encoding.Latin1.GetString(buffer, 0, read)).ToString(), read == 0);
        }

        await sending;
        return exchange;

        async Task SendAllAsync()
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
            if (endsAfterwards)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
    }
}
