using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Hub.Fields;
using Hub.Fields.Settings;

namespace Hub.Connectors.Http;

/// <summary>
/// A network that may be called, with all its ports or some: <c>10.20.0.0/16</c>, <c>127.0.0.0/8:5099</c>, <c>fd00:1::/32:8000-8099</c>.
/// </summary>
public readonly record struct AllowedNetwork(IPNetwork Network, int FirstPort, int LastPort)
{
    private const int MaxPort = 65535;

    private const string Remedy =
        "Write it as CIDR, such as 10.20.0.0/16 or fd00:1::/32, and with a port or several as 192.168.1.7/32:8443 or 10.20.0.0/16:8000-8099.";

    /// <param name="error">What is wrong, with the text and what to write.</param>
    public static bool TryParse(string? text, out AllowedNetwork allowed, [NotNullWhen(false)] out string? error)
    {
        allowed = default;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0)
        {
            error = $"{ShownValue.Of(text)} is not a network. {Remedy}";
            return false;
        }

        var colon = text!.IndexOf(':', slash);
        if (!NetworkText.TryParse(colon < 0 ? text : text[..colon], out var network, out error))
        {
            return false;
        }

        var (first, last) = (0, MaxPort);
        if (colon >= 0 && !TryParsePorts(text[(colon + 1)..], out first, out last))
        {
            error = $"{ShownValue.Of(text)} does not end with a port or several. {Remedy}";
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
