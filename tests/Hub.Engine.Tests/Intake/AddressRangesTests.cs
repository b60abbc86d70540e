using System.Net;
using Hub.Engine.Intake;
using Hub.Fields;

namespace Hub.Engine.Tests.Intake;

public sealed class AddressRangesTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/104", "::ffff:11.1.2.3", false)]
    [InlineData("198.51.100.7", "198.51.100.7", true)]
    [InlineData("198.51.100.7", "198.51.100.8", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "203.0.113.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:DB8::1", "2001:db8:0:0::1", true)]
    [InlineData("10.0.0.128/25", "10.0.0.127", false)]
    [InlineData("fe80::/10", "fe80::1%3", true)]
    public void Address_InOrOut(string network, string address, bool inside) =>
        Assert.Equal(inside, AddressRanges.Parse([network]).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("everywhere")]
    [InlineData("10.0.0.1/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("10/8")]
    [InlineData("0x0a.0.0.0/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/")]
    [InlineData(" 10.0.0.0/8")]
    [InlineData("2001:db8::1/32")]
    [InlineData("::/129")]
    [InlineData("[::1]:80")]
    [InlineData("fe80::1%1/64")]
    public void Network_ThatCouldBeReadInTwoWays_IsRefused(string? text)
    {
        Assert.False(NetworkText.TryParse(text, out _, out var error));
        Assert.NotEmpty(error);
        Assert.Throws<FormatException>(() => AddressRanges.Parse([text!]));
    }
}
