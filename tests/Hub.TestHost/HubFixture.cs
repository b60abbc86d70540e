using Hub.TestSupport.StandIns;
using Xunit;

namespace Hub.TestHost;

/// <summary>One hub for the tests of a class, and a stand-in for whatever it calls.</summary>
public sealed class HubFixture : IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public StandIn StandIn { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        StandIn = await StandIn.StartAsync();
        Hub = await TestHub.StartAsync(("Hub:Connectors:Slack:BaseAddress", StandIn.At("/slack/")));
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}
