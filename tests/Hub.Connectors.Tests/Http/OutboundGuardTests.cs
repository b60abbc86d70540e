using System.Net;
using System.Net.NetworkInformation;
using Hub.Connectors.Http;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Tests.Http;

public sealed class OutboundGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::8.8.8.8")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:7f00:1::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%3")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Allows_NotPublic_Refused(string address) => Assert.False(Guard().Allows(IPAddress.Parse(address), 443));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450::1")]
    public void Allows_Public_Allowed(string address) => Assert.True(Guard().Allows(IPAddress.Parse(address), 443));

    [Theory]
    [InlineData("10.20.0.0/16", "10.20.3.4", true)]
    [InlineData("10.20.0.0/16", "10.21.0.1", false)]
    [InlineData("10.20.0.0/16", "::ffff:10.20.3.4", true)]
    [InlineData("127.0.0.1/32", "127.0.0.1", true)]
    [InlineData("127.0.0.1/32", "127.0.0.2", false)]
    [InlineData("fd00:1::/32", "fd00:1::7", true)]
    [InlineData("fd00:1::/32", "10.0.0.1", false)]
    [InlineData("::1/128", "127.0.0.1", false)]
    public void Allows_Listed_OnlyThose(string network, string address, bool expected) =>
        Assert.Equal(expected, Guard(network).Allows(IPAddress.Parse(address), 443));

    [Theory]
    [InlineData("127.0.0.0/8:5099", "127.0.0.1", 5099, true)]
    [InlineData("127.0.0.0/8:5099", "127.0.0.1", 5098, false)]
    [InlineData("127.0.0.0/8:5099", "::ffff:127.0.0.1", 5099, true)]
    [InlineData("10.0.0.0/8:8000-8099", "10.1.2.3", 8000, true)]
    [InlineData("10.0.0.0/8:8000-8099", "10.1.2.3", 8099, true)]
    [InlineData("10.0.0.0/8:8000-8099", "10.1.2.3", 8100, false)]
    [InlineData("fd00:1::/32:5099", "fd00:1::7", 5099, true)]
    [InlineData("fd00:1::/32:5099", "fd00:1::7", 5100, false)]
    [InlineData("127.0.0.0/8:5099", "8.8.8.8", 80, true)]
    public void Allows_ListedWithPorts_OnlyThose(string network, string address, int port, bool expected) =>
        Assert.Equal(expected, Guard(network).Allows(IPAddress.Parse(address), port));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    public void Allows_PortOfTheHubItself_RefusedWhateverIsListed(string address)
    {
        var guard = new OutboundGuard(
            Options.Create(new OutboundOptions { AllowedNetworks = ["127.0.0.0/8", "0.0.0.0/8:5080", "::1/128"] }),
            new OwnPorts(() => [5080, 5432])
        );
        Assert.Equal("this hub or its database", guard.WhyRefused(IPAddress.Parse(address), 5080));
        Assert.Equal("this hub or its database", guard.WhyRefused(IPAddress.Parse(address), 5432));
    }

    [Fact]
    public void Allows_PortOfTheHubOnAnotherMachine_AsListed()
    {
        var guard = new OutboundGuard(Options.Create(new OutboundOptions { AllowedNetworks = ["198.18.0.0/15"] }), new OwnPorts(() => [443]));
        Assert.True(guard.Allows(IPAddress.Parse("198.18.0.7"), 443));
        Assert.True(guard.Allows(IPAddress.Parse("8.8.8.8"), 443));
    }

    [Fact]
    public void Allows_PortOfTheHubAtAnAddressOfThisMachine_Refused()
    {
        var own = NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .ToList();
        var guard = new OutboundGuard(Options.Create(new OutboundOptions { AllowedNetworks = ["0.0.0.0/0", "::/0"] }), new OwnPorts(() => [5080]));
        Assert.NotEmpty(own);
        Assert.All(own, address => Assert.False(guard.Allows(address, 5080)));
        Assert.All(own, address => Assert.True(guard.Allows(address, 5081)));
    }

    [Fact]
    public void Options_BadNetworks_AllNamed()
    {
        var result = new OutboundOptionsValidator().Validate(
            null,
            new OutboundOptions
            {
                AllowedNetworks =
                [
                    "10.0.0.0/8",
                    "10.0.0.0",
                    "lan",
                    "::1",
                    "10.0.0.0/8:",
                    "10.0.0.0/8:0",
                    "10.0.0.0/8:65536",
                    "10.0.0.0/8:90-80",
                    "10.0.0.0/8:http",
                ],
            }
        );

        Assert.True(result.Failed);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], result.Failures!.Select(f => f.Split(' ')[0][^1] - '0'));
    }

    private static OutboundGuard Guard(params string[] networks) => new(Options.Create(new OutboundOptions { AllowedNetworks = networks }), OwnPorts.None);
}
