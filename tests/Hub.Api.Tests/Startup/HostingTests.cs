using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Startup;

public sealed class HostingTests(HubFixture fixture) : HubTest(fixture)
{
    [Fact]
    public void Worker_ThatFalls_DoesNotStopTheHub() =>
        Assert.Equal(BackgroundServiceExceptionBehavior.Ignore, Hub.Get<IOptions<HostOptions>>().Value.BackgroundServiceExceptionBehavior);

    [Fact]
    public void SettingsFiles_AreNotWatched()
    {
        var files = ((IConfigurationRoot)Hub.Get<IConfiguration>()).Providers.OfType<JsonConfigurationProvider>().ToList();
        Assert.NotEmpty(files);
        Assert.All(files, static file => Assert.False(file.Source.ReloadOnChange));
    }
}
