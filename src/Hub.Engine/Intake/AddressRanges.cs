using System.Net;
using Hub.Fields;

namespace Hub.Engine.Intake;

/// <summary>Networks that addresses are looked up in. An IPv4 address is the same whether or not it is written as IPv6.</summary>
public sealed class AddressRanges
{
    private readonly IPNetwork[] _networks;

    private AddressRanges(IPNetwork[] networks) => _networks = networks;

    /// <exception cref="FormatException">One of them is no network.</exception>
    public static AddressRanges Parse(IEnumerable<string> networks) =>
        new([.. networks.Select(static text => NetworkText.TryParse(text, out var network, out var error) ? network : throw new FormatException(error))]);

    public bool Contains(IPAddress address)
    {
        var plain = Plain(address);
        foreach (var network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The IPv4 address where it is written as IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
