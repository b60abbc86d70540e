using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Http;

/// <summary>
/// Opens the connections of outgoing HTTP. The name is resolved here and the socket goes to the very address that was checked,
/// so a name that changes its answer gains nothing.
/// </summary>
internal sealed class OutboundConnector(
    OutboundGuard guard,
    IOptions<OutboundOptions> options,
    Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null
)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var port = context.DnsEndPoint.Port;
        var allowed = Array.FindAll(addresses, address => guard.Allows(address, port));
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException(addresses[0], guard.WhyRefused(addresses[0], port)!, mayBeAllowed: !guard.IsOwn(addresses[0], port));
        }

        // A dead address must leave time for the next.
        var share = options.Value.ConnectTimeout / allowed.Length;
        for (var i = 0; ; i++)
        {
            try
            {
                return await ConnectAsync(new IPEndPoint(allowed[i], port), share, cancellationToken);
            }
            catch (Exception failure) when (i + 1 < allowed.Length && failure is SocketException or TimeoutException)
            {
                continue;
            }
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var addresses = await _resolve(host, cancellationToken);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            await socket.ConnectAsync(endPoint, limit.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TimeoutException();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
