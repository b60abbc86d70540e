using System.Net;
using System.Net.Sockets;

namespace Hub.Api.Connections;

/// <summary>What counts as one address: whoever has one of IPv6 has all of its network of 64 bits.</summary>
internal static class AddressBlock
{
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes);
    }
}
