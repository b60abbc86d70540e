using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Startup;

public sealed class HostingTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public void Keeper_ThatFalls_DoesNotStopTheHub() =>
        Assert.Equal(BackgroundServiceExceptionBehavior.Ignore, Hub.Get<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior);
}
