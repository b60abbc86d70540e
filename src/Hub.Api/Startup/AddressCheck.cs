using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Hub.Api.Startup;

/// <summary>Finds out whether the hub can listen where it should before a database is made or started.</summary>
internal static class AddressCheck
{
    /// <exception cref="IOException">An address is taken, or is not this machine's; the message has the remedy.</exception>
    public static void ThrowIfInUse(WebApplication app)
    {
        // A host inside another program, as in tests, listens where that program says.
        if (Assembly.GetEntryAssembly() == typeof(AddressCheck).Assembly)
        {
            foreach (var address in AddressesIn(app.Configuration))
            {
                ThrowIfInUse(address);
            }
        }
    }

    /// <summary>As the server reads them: its own section, else the addresses, else the ports.</summary>
    internal static IEnumerable<string> AddressesIn(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(static endpoint => endpoint["Url"]).OfType<string>().ToArray();
        if (endpoints.Length > 0)
        {
            return endpoints;
        }

        var addresses = Split(configuration["urls"]);
        return addresses.Length > 0
            ? addresses
            :
            [
                .. Split(configuration["http_ports"]).Select(static port => $"http://*:{port}"),
                .. Split(configuration["https_ports"]).Select(static port => $"https://*:{port}"),
            ];
    }

    internal static void ThrowIfInUse(string address)
    {
        if (TryParse(address) is not { } place)
        {
            throw new IOException(
                $"'{address}' is no address to listen at. Set ASPNETCORE_URLS to one such as http://127.0.0.1:5080; several stand between semicolons."
            );
        }

        if (place is not { IsUnixPipe: false, IsNamedPipe: false, Port: > 0 })
        {
            return;
        }

        try
        {
            Bind(EndpointOf(place));
        }
        catch (SocketException refused)
        {
            throw new IOException(Reason(address, place, refused.SocketErrorCode), refused);
        }
    }

    private static string Reason(string address, BindingAddress place, SocketError error) =>
        error switch
        {
            SocketError.AddressAlreadyInUse =>
                $"Port {place.Port} of {address} is in use by another program, perhaps by another FlowPilot. Stop that one, or choose another port: "
                    + $"ASPNETCORE_URLS={Other(place)}",
            SocketError.AccessDenied => $"This user may not listen at {address}: ports below 1024 are root's on most systems. Choose a higher one: "
                + $"ASPNETCORE_URLS={place.Scheme}://{place.Host}:8080",
            SocketError.AddressNotAvailable =>
                $"This machine does not have the address {place.Host} of {address}. Set ASPNETCORE_URLS to one that it has, such as "
                    + $"http://127.0.0.1:{place.Port}, or http://0.0.0.0:{place.Port} for all of them.",
            _ => $"The hub cannot listen at {address} ({error}). Set ASPNETCORE_URLS to an address of this machine, such as http://127.0.0.1:5080.",
        };

    private static string Other(BindingAddress place) => $"{place.Scheme}://{place.Host}:{(place.Port < IPEndPoint.MaxPort ? place.Port + 1 : 5080)}";

    private static BindingAddress? TryParse(string address)
    {
        try
        {
            return BindingAddress.Parse(address);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Where the server will bind: loopback for localhost, everywhere for what is no address.</summary>
    private static IPEndPoint EndpointOf(BindingAddress place) =>
        new(
            string.Equals(place.Host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
                : IPAddress.TryParse(place.Host.Trim('[', ']'), out var one) ? one
                : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any
                : IPAddress.Any,
            place.Port
        );

    private static void Bind(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
        {
            socket.DualMode = true;
        }

        socket.Bind(endpoint);
    }

    private static string[] Split(string? text) => (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
