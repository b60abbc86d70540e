using System.Globalization;
using System.Net;

namespace Hub.Connectors.Http;

/// <summary>
/// A network that may be called, with all its ports or some: <c>10.20.0.0/16</c>, <c>127.0.0.0/8:5099</c>, <c>fd00:1::/32:8000-8099</c>.
/// </summary>
public readonly record struct AllowedNetwork(IPNetwork Network, int FirstPort, int LastPort)
{
    private const int MaxPort = 65535;

    public static bool TryParse(string text, out AllowedNetwork allowed)
    {
        allowed = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var colon = slash < 0 ? -1 : text.IndexOf(':', slash);
        if (!IPNetwork.TryParse(colon < 0 ? text : text[..colon], out var network))
        {
            return false;
        }

        var (first, last) = (0, MaxPort);
        if (colon >= 0 && !TryParsePorts(text[(colon + 1)..], out first, out last))
        {
            return false;
        }

        allowed = new AllowedNetwork(network, first, last);
        return true;
    }

    public bool Contains(IPAddress address, int port) => port >= FirstPort && port <= LastPort && Network.Contains(address);

    private static bool TryParsePorts(string text, out int first, out int last)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        last = 0;
        return TryParsePort(dash < 0 ? text : text[..dash], out first) && TryParsePort(dash < 0 ? text : text[(dash + 1)..], out last) && first <= last;
    }

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= MaxPort;
}
