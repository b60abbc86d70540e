using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Hub.Storage.Embedded;

/// <summary>The server's loopback port: the configured one, else the remembered one, else a free one.</summary>
internal static class ClusterPort
{
    // Below the range from which systems take the ports of outgoing connections.
    private const int Lowest = 20000;
    private const int Highest = 32000;
    private const int Attempts = 200;

    public static int Choose(HubDataDirectory data, int? configured)
    {
        if (configured is > 0)
        {
            return IsFree(configured.Value)
                ? configured.Value
                : throw new EmbeddedPostgresException(
                    $"Port {configured} (Hub:Embedded:Port) is taken by another program. Set another one, or 0 to have one chosen."
                );
        }

        if (Remembered(data) is { } remembered && IsFree(remembered))
        {
            return remembered;
        }

        var port = Enumerable.Range(0, Attempts).Select(_ => RandomNumberGenerator.GetInt32(Lowest, Highest)).FirstOrDefault(IsFree);
        return port > 0 ? port : throw new EmbeddedPostgresException("No free port was found on the loopback interface. Set Hub:Embedded:Port.");
    }

    public static void Remember(HubDataDirectory data, int port) => File.WriteAllText(data.PortFile, port.ToString(CultureInfo.InvariantCulture) + "\n");

    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int? Remembered(HubDataDirectory data) =>
        File.Exists(data.PortFile) && int.TryParse(File.ReadAllText(data.PortFile), CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : null;
}
