using System.Net.Sockets;
using System.Text;

namespace Hub.TestHost;

/// <summary>Sends a request byte for byte, which no client would send so.</summary>
public static class RawHttp
{
    /// <summary>Everything that is answered until the hub closes the connection, each byte as one character.</summary>
    /// <param name="request">Text in ISO 8859-1; its lines end with CR LF, and it asks for the connection to be closed.</param>
    public static async Task<string> SendAsync(Uri hub, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(hub.Host, hub.Port, cancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
