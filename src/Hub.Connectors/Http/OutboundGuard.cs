using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Http;

/// <summary>
/// Decides whether an address may be connected to. IPv4 is open but for the ranges listed here; IPv6 is closed but for global unicast
/// (RFC 6890 and the IANA special-purpose registries).
/// </summary>
public sealed class OutboundGuard(IOptions<OutboundOptions> options, OwnPorts own)
{
    private static readonly (IPNetwork Network, string What)[] RefusedV4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "an unspecified address"),
        (IPNetwork.Parse("10.0.0.0/8"), "a private address"),
        (IPNetwork.Parse("100.64.0.0/10"), "a carrier's shared address"),
        (IPNetwork.Parse("127.0.0.0/8"), "a loopback address"),
        (IPNetwork.Parse("168.63.129.16/32"), "a cloud platform's internal address"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address"),
        (IPNetwork.Parse("172.16.0.0/12"), "a private address"),
        (IPNetwork.Parse("192.0.0.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.0.2.0/24"), "a documentation address"),
        (IPNetwork.Parse("192.88.99.0/24"), "a reserved address"),
        (IPNetwork.Parse("192.168.0.0/16"), "a private address"),
        (IPNetwork.Parse("198.18.0.0/15"), "a benchmarking address"),
        (IPNetwork.Parse("198.51.100.0/24"), "a documentation address"),
        (IPNetwork.Parse("203.0.113.0/24"), "a documentation address"),
        (IPNetwork.Parse("224.0.0.0/4"), "a multicast address"),
        (IPNetwork.Parse("255.255.255.255/32"), "the broadcast address"),
        (IPNetwork.Parse("240.0.0.0/4"), "a reserved address"),
    ];

    private static readonly (IPNetwork Network, string What)[] RefusedV6 =
    [
        (IPNetwork.Parse("::/128"), "an unspecified address"),
        (IPNetwork.Parse("::1/128"), "a loopback address"),
        (IPNetwork.Parse("::/96"), "an IPv4-compatible address"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "a local translation address"),
        (IPNetwork.Parse("2001::/32"), "a Teredo address"),
        (IPNetwork.Parse("2001::/23"), "a reserved address"),
        (IPNetwork.Parse("2001:db8::/32"), "a documentation address"),
        (IPNetwork.Parse("2002::/16"), "a 6to4 address"),
        (IPNetwork.Parse("3ffe::/16"), "a reserved address"),
        (IPNetwork.Parse("3fff::/20"), "a documentation address"),
        (IPNetwork.Parse("fc00::/7"), "a private address"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fec0::/10"), "a private address"),
        (IPNetwork.Parse("ff00::/8"), "a multicast address"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private readonly AllowedNetwork[] _allowed =
    [
        .. options.Value.AllowedNetworks.Select(static text =>
            AllowedNetwork.TryParse(text, out var network, out var error) ? network : throw new FormatException(error)
        ),
    ];

    public bool Allows(IPAddress address, int port) => WhyRefused(address, port) is null;

    /// <summary>What it is that may not be connected to (<c>a private address</c>), or null when it may.</summary>
    public string? WhyRefused(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return IsOwn(address, port) ? "this hub or its database"
            : Array.Exists(_allowed, network => network.Contains(address, port)) ? null
            : address.AddressFamily == AddressFamily.InterNetwork ? Find(RefusedV4, address)
            // The translator connects to the IPv4 address inside, so that one is judged.
            : Translated.Contains(address) ? WhyRefused(new IPAddress(address.GetAddressBytes().AsSpan(12)), port)
            : Find(RefusedV6, address) ?? (GlobalUnicast.Contains(address) ? null : "a reserved address");
    }

    /// <summary>Whether it is a port of the hub itself, which nothing can allow.</summary>
    public bool IsOwn(IPAddress address, int port) => own.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);

    private static string? Find((IPNetwork Network, string What)[] ranges, IPAddress address) =>
        Array.Find(ranges, range => range.Network.Contains(address)).What;
}
