using Hub.Api.Connections;
using Hub.Api.Webhooks;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Api.Tests.Connections;

public sealed class AddressConnectionsTests
{
    private readonly TaskCompletionSource _end = new();
    private readonly AddressConnections _connections = new(
        Options.Create(new LimitOptions { MaxConnectionsPerAddress = 3 }),
        new SenderAddress(Options.Create(new HubAddressOptions { TrustedProxies = ["198.51.100.0/24"] })),
        TimeProvider.System,
        NullLogger<AddressConnections>.Instance
    );

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5", 3)]
    [InlineData("::ffff:203.0.113.5", "203.0.113.5", 3)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::1", 3)]
    [InlineData("127.0.0.1", "127.0.0.1", 20)]
    [InlineData("::1", "::1", 20)]
    [InlineData("198.51.100.7", "198.51.100.7", 20)]
    public async Task Connections_OfOneAddress_AreBoundedUntilSomeEnd(string first, string second, int expected)
    {
        var runs = Enumerable.Range(0, 20).Select(i => Open(i % 2 == 0 ? first : second)).ToList();
        Assert.Equal(expected, runs.Count(run => !run.IsCompleted));
        Assert.False(Open("192.0.2.77").IsCompleted);

        _end.SetResult();
        await Task.WhenAll(runs);
        Assert.Equal(20, runs.Count(run => run.IsCompletedSuccessfully));
        var again = new TaskCompletionSource();
        var later = Open(second, again.Task);
        Assert.False(later.IsCompleted);
        again.SetResult();
        await later;
    }

    private Task Open(string address, Task? end = null) =>
        _connections.RunAsync(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 40_000) }, _ => end ?? _end.Task);
}
