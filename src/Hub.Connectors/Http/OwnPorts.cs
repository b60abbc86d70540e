using System.Net;
using System.Net.NetworkInformation;

namespace Hub.Connectors.Http;

/// <summary>
/// The ports of this machine that no workflow may call, whatever is allowed: those the hub listens on, and its own database's. Who may edit workflows
/// would otherwise stand behind the door that others knock at.
/// </summary>
/// <param name="ports">Asked anew each time: the hub learns its ports when it has started.</param>
public sealed class OwnPorts(Func<IEnumerable<int>> ports)
{
    public static OwnPorts None { get; } = new(static () => []);

    public bool Contains(IPAddress address, int port) => ports().Contains(port) && IsOfThisMachine(address);

    private static bool IsOfThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || address.Equals(IPAddress.Any)
        || address.Equals(IPAddress.IPv6Any)
        || NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(static card => card.GetIPProperties().UnicastAddresses)
            .Any(own =>
                own.Address.Equals(address) || (own.Address.IsIPv6LinkLocal && own.Address.GetAddressBytes().AsSpan().SequenceEqual(address.GetAddressBytes()))
            );
}
