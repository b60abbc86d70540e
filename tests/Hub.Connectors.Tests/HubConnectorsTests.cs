using Hub.Connectors.Tests.StandIns;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Tests;

public sealed class HubConnectorsTests
{
    [Fact]
    public void Start_GoodSettings_Starts()
    {
        using var hub = new TestHub();

        hub.Get<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("Hub:Outbound:AllowedNetworks:1", "lan", "AllowedNetworks:1 'lan'")]
    [InlineData("Hub:Outbound:MaxRedirects", "-1", "MaxRedirects")]
    [InlineData("Hub:Outbound:ConnectTimeout", "00:00:00", "ConnectTimeout")]
    [InlineData("Hub:Connectors:Slack:BaseAddress", "https://slack.com/api", "BaseAddress")]
    public void Start_BadSetting_NamesIt(string key, string value, string named)
    {
        using var hub = new TestHub((key, value));

        var failure = Assert.ThrowsAny<Exception>(() => hub.Get<IStartupValidator>().Validate());

        Assert.Contains(named, failure.ToString(), StringComparison.Ordinal);
    }
}
