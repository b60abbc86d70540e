using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hub.Fields.Settings;

namespace Hub.Fields;

/// <summary>
/// Networks as people write them: <c>10.20.0.0/16</c>, <c>2001:db8::/32</c>, or one address. An IPv4 address is the same whether or not it is written as IPv6.
/// What could be read in two ways is refused.
/// </summary>
public static class NetworkText
{
    private const int MappedBits = 96;

    /// <param name="error">What is wrong, with the text and what to write.</param>
    public static bool TryParse(string? text, out IPNetwork network, [NotNullWhen(false)] out string? error)
    {
        network = default;
        var parts = text?.Split('/') ?? [];
        if (parts.Length is not (1 or 2) || !TryParseAddress(parts[0], out var address))
        {
            error = $"{ShownValue.Of(text)} is not an address or network. Write it as CIDR, such as 203.0.113.0/24, 198.51.100.7 or 2001:db8::/32.";
            return false;
        }

        var most = Widest(address);
        var bits = most;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > most))
        {
            error = $"{ShownValue.Of(text)} has no prefix length between 0 and {most}. Write it as CIDR, such as 203.0.113.0/24 or 2001:db8::/32.";
            return false;
        }

        if (address.IsIPv4MappedToIPv6 && bits >= MappedBits)
        {
            (address, bits) = (address.MapToIPv4(), bits - MappedBits);
        }

        network = new IPNetwork(address, bits);
        error = network.BaseAddress.Equals(address)
            ? null
            : $"{ShownValue.Of(text)} is an address inside a network. Write the network itself, {network}, "
                + $"or the address alone, {address}/{Widest(address)}.";
        return error is null;
    }

    private static int Widest(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    // The framework also reads 010.1 and 0x7f.1, which people and programs take for different addresses.
    private static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && !text.AsSpan().ContainsAny("%[] ")
        && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text);
}
