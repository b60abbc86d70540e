using Hub.Connectors.Http;

namespace Hub.Connectors.Tests.Http;

public sealed class HostListTests
{
    [Theory]
    [InlineData("api.example.com", "https://api.example.com/x", true)]
    [InlineData("API.Example.com", "https://api.EXAMPLE.com", true)]
    [InlineData("api.example.com", "https://api.example.com.", true)]
    [InlineData("api.example.com", "https://api.example.com:8443", true)]
    [InlineData("api.example.com", "https://example.com", false)]
    [InlineData("api.example.com", "https://x.api.example.com", false)]
    [InlineData("api.example.com", "https://api.example.com.evil.example", false)]
    [InlineData("api.example.com", "https://api.example.com@evil.example", false)]
    [InlineData("api.example.com:8443", "https://api.example.com:8443", true)]
    [InlineData("api.example.com:8443", "https://api.example.com", false)]
    [InlineData("*.example.com", "https://a.example.com", true)]
    [InlineData("*.example.com", "https://a.b.example.com", true)]
    [InlineData("*.example.com", "https://example.com", false)]
    [InlineData("*.example.com", "https://evilexample.com", false)]
    [InlineData("*.example.com", "https://.example.com.evil.example", false)]
    [InlineData("*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("one.example two.example,three.example", "https://two.example", true)]
    [InlineData("10.0.0.7", "http://10.0.0.7", true)]
    [InlineData("10.0.0.7", "http://0x0a000007", true)]
    [InlineData("10.0.0.7", "http://10.0.0.70", false)]
    [InlineData("[fd00::7]", "http://[fd00:0::7]:80", true)]
    [InlineData("[fd00::7]:81", "http://[fd00::7]:80", false)]
    [InlineData("b\u00fccher.example", "https://xn--bcher-kva.example", true)]
    [InlineData("xn--bcher-kva.example", "https://b\u00fccher.example", true)]
    public void Hosts_Url_OnlyThose(string hosts, string url, bool allowed)
    {
        Assert.True(HostList.TryParse(hosts, out var list, out _));
        Assert.Equal(allowed, Uri.TryCreate(url, UriKind.Absolute, out var address) && list.Allows(address));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*.*.com")]
    [InlineData("a.*.com")]
    [InlineData("*example.com")]
    [InlineData("https://api.example.com")]
    [InlineData("api.example.com/v1")]
    [InlineData("api.example.com?x")]
    [InlineData("user@api.example.com")]
    [InlineData("api..example.com")]
    [InlineData("api.example.com:99999")]
    [InlineData("*.10.0.0.7")]
    [InlineData("good.example, bad/one")]
    public void Hosts_Malformed_Refused(string hosts)
    {
        Assert.False(HostList.TryParse(hosts, out _, out var error));
        Assert.NotEmpty(error);
    }
}
