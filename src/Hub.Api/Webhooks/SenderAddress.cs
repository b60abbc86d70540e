using System.Net;
using Hub.Engine.Intake;
using Microsoft.Extensions.Options;

namespace Hub.Api.Webhooks;

/// <summary>Who sent a request: the other end of the connection, or, behind proxies of the operator's, whom the last of these names.</summary>
internal sealed class SenderAddress(IOptions<HubAddressOptions> options)
{
    private readonly AddressRanges? _proxies = options.Value.TrustedProxies is { Length: > 0 } proxies ? AddressRanges.Parse(proxies) : null;

    /// <summary>Whether the operator named it as a proxy.</summary>
    public bool IsTrustedProxy(IPAddress address) => _proxies?.Contains(address) == true;

    /// <summary>Null when it cannot be told.</summary>
    public IPAddress? Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || _proxies is null || !_proxies.Contains(address))
        {
            return address;
        }

        // From the right: each proxy adds whom it heard from, and only what trusted ones added is true.
        var hops = context.Request.Headers["X-Forwarded-For"].ToString().Split(',', StringSplitOptions.TrimEntries);
        for (var i = hops.Length - 1; i >= 0 && _proxies.Contains(address); i--)
        {
            if (hops[i].Length == 0 && hops.Length == 1)
            {
                break;
            }

            if (!TryParse(hops[i], out var hop))
            {
                return null;
            }

            address = hop;
        }

        return address;
    }

    /// <summary>An address, also with a port, as some proxies write it.</summary>
    private static bool TryParse(string hop, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        address =
            IPAddress.TryParse(hop, out var plain) ? plain
            : IPEndPoint.TryParse(hop, out var withPort) ? withPort.Address
            : null;
        return address is not null;
    }
}
