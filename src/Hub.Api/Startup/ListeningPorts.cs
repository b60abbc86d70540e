using Hub.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Api.Startup;

/// <summary>The ports of this machine that the hub and its own database listen on.</summary>
internal static class ListeningPorts
{
    public static IEnumerable<int> Of(IServiceProvider services)
    {
        var addresses = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var ports = addresses
            .Select(static address => BindingAddress.Parse(address))
            .Where(static address => !address.IsUnixPipe && !address.IsNamedPipe)
            .Select(static address => address.Port);
        return services.GetRequiredService<HubDatabase>().EmbeddedPort is { } port ? ports.Append(port) : ports;
    }
}
