using System.Net;
using Hub.Api.Webhooks;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Hub.Api.Connections;

/// <summary>
/// Lets no single address take all connections that the hub has. What comes beyond its share is closed at once, as what comes beyond
/// <see cref="LimitOptions.MaxConnections"/> is. Looked at once for each connection, not for each request.
/// </summary>
/// <remarks>This machine and <see cref="HubAddressOptions.TrustedProxies"/> have no share: many senders come through one of them.</remarks>
internal sealed partial class AddressConnections(IOptions<LimitOptions> limits, SenderAddress senders, TimeProvider time, ILogger<AddressConnections> logger)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly int _most = limits.Value.MaxConnectionsPerAddress;
    private long _refused;
    private long? _toldAt;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if ((connection.RemoteEndPoint as IPEndPoint)?.Address is not { } remote || IPAddress.IsLoopback(remote) || senders.IsTrustedProxy(remote))
        {
            await next(connection);
            return;
        }

        var address = AddressBlock.Of(remote);
        if (!TryTake(address))
        {
            Tell(address);
            connection.Abort(new ConnectionAbortedException("The address has too many connections."));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Release(address);
        }
    }

    private bool TryTake(IPAddress address)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= _most)
            {
                return false;
            }

            _open[address] = open + 1;
            return true;
        }
    }

    private void Release(IPAddress address)
    {
        lock (_gate)
        {
            if (--_open[address] is 0)
            {
                _open.Remove(address);
            }
        }
    }

    /// <summary>A flood of connections must not become a flood of lines.</summary>
    private void Tell(IPAddress address)
    {
        long refused;
        lock (_gate)
        {
            _refused++;
            if (_toldAt is { } told && time.GetElapsedTime(told) < TellEvery)
            {
                return;
            }

            (refused, _refused, _toldAt) = (_refused, 0, time.GetTimestamp());
        }

        Log.Refused(logger, refused, address, _most);
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "{Count} connections were closed at once, the last from {Address}: one address has at most {Most} (Hub:Limits:MaxConnectionsPerAddress). "
                + "A proxy belongs into Hub:TrustedProxies"
        )]
        public static partial void Refused(ILogger logger, long count, IPAddress address, int most);
    }
}
