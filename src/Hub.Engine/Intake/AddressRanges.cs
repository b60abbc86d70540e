using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Hub.Engine.Intake;

/// <summary>Networks that addresses are looked up in. An IPv4 address is the same whether or not it is written as IPv6.</summary>
public sealed class AddressRanges
{
    private const int MappedBits = 96;

    private readonly IPNetwork[] _networks;

    private AddressRanges(IPNetwork[] networks) => _networks = networks;

    /// <exception cref="FormatException">One of them is no network.</exception>
    public static AddressRanges Parse(IEnumerable<string> networks) =>
        new([.. networks.Select(static text => TryParse(text, out var network, out var error) ? network : throw new FormatException(error))]);

    /// <summary>Reads <c>10.20.0.0/16</c>, <c>2001:db8::/32</c> or one address. What could be read in two ways is refused.</summary>
    public static bool TryParse(string? text, out IPNetwork network, [NotNullWhen(false)] out string? error)
    {
        network = default;
        var parts = text?.Split('/') ?? [];
        if (parts.Length is not (1 or 2) || !TryParseAddress(parts[0], out var address))
        {
            error = $"'{text}' is not an address or network. Write it as CIDR, such as 203.0.113.0/24, 198.51.100.7 or 2001:db8::/32.";
            return false;
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var bits = most;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out bits) || bits > most))
        {
            error = $"'{text}' has no prefix length between 0 and {most}. Write it as CIDR, such as 203.0.113.0/24 or 2001:db8::/32.";
            return false;
        }

        if (address.IsIPv4MappedToIPv6 && bits >= MappedBits)
        {
            (address, bits) = (address.MapToIPv4(), bits - MappedBits);
        }

        network = new IPNetwork(address, bits);
        error = network.BaseAddress.Equals(address)
            ? null
            : $"'{text}' is an address inside a network. Write the network itself, {network}, or the address alone.";
        return error is null;
    }

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

    // The framework also reads 010.1 and 0x7f.1, which people and programs take for different addresses.
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && !text.AsSpan().ContainsAny("%[] ")
        && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text);
}
