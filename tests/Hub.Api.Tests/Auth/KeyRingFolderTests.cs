using Hub.Api.Auth;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hub.Api.Tests.Auth;

public sealed class KeyRingFolderTests
{
    /// <summary>Nodes that begin on an empty folder: each has read it before another made a key.</summary>
    [Fact]
    public void Nodes_AtOnceOnAnEmptyFolder_ShareOneKey()
    {
        var folder = Directory.CreateTempSubdirectory("key-ring");
        try
        {
            for (var round = 0; round < 10; round++)
            {
                var keys = folder.CreateSubdirectory($"{round}");
                using var begin = new Barrier(4);
                var nodes = new Task<IDataProtector>[4];
                for (var node = 0; node < nodes.Length; node++)
                {
                    nodes[node] = Task.Factory.StartNew(
                        () => StartNode(keys, begin),
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    );
                }

                var protectors = Array.ConvertAll(nodes, static node => node.GetAwaiter().GetResult());
                Assert.Single(keys.GetFiles("*.xml"));
                Assert.All(protectors, one => Assert.All(protectors, other => Assert.Equal("a secret", other.Unprotect(one.Protect("a secret")))));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IDataProtector StartNode(DirectoryInfo keys, Barrier begin)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("FlowPilot");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = new KeyRingFolder(keys, NullLoggerFactory.Instance));
        var protector = services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
        begin.SignalAndWait(TestContext.Current.CancellationToken);
        protector.Protect("the ring is made");
        return protector;
    }
}
