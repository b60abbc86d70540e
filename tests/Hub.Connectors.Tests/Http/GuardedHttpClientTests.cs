using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Connectors.Http;
using Hub.Connectors.Tests.StandIns;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Connectors.Tests.Http;

public sealed class GuardedHttpClientTests
{
    [Fact]
    public async Task Send_Loopback_RefusedWithRemedy()
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        using var hub = TestHub.Closed();

        var result = await hub.GetAsync(server.Url);

        Assert.Equal(("address_refused", false), (result.Error?.Code, result.Error?.Retryable));
        Assert.Contains($"Hub__Outbound__AllowedNetworks__0=127.0.0.1/32:{server.Url.Port}", result.Error!.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[fe80::1%251]")]
    public async Task Send_LoopbackSpelledOtherwise_Refused(string host)
    {
        using var hub = TestHub.Closed();

        var result = await hub.GetAsync(new Uri($"http://{host}:9/"));

        Assert.Equal("address_refused", result.Error?.Code);
    }

    [Fact]
    public async Task Send_NameWithPublicAndPrivateAddress_ConnectsOnlyToAllowed()
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        using var client = Client((_, _) => Task.FromResult(new[] { IPAddress.Parse("10.0.0.1"), IPAddress.Loopback }));

        var result = await client.SendAsync(new("GET", new Uri($"http://both.example:{server.Url.Port}/")), TestContext.Current.CancellationToken);

        Assert.Equal(200, result.Response?.Status);
        Assert.Equal($"both.example:{server.Url.Port}", server.Single.Header("Host"));
    }

    [Fact]
    public async Task Send_FirstAddressDead_NextIsTried()
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        using var client = Client((_, _) => Task.FromResult(new[] { IPAddress.Parse("127.0.0.9"), IPAddress.Loopback }));

        var result = await client.SendAsync(new("GET", new Uri($"http://two.example:{server.Url.Port}/")), TestContext.Current.CancellationToken);

        Assert.Equal(200, result.Response?.Status);
    }

    [Fact]
    public async Task Send_UnknownName_NotResolved()
    {
        using var client = Client((_, _) => throw new SocketException((int)SocketError.HostNotFound));

        var result = await client.SendAsync(new("GET", new Uri("http://nowhere.example/")), TestContext.Current.CancellationToken);

        Assert.Equal(("name_not_resolved", true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task Send_NobodyListens_ConnectFailed()
    {
        using var hub = new TestHub();
        using var unused = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var result = await hub.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)unused.LocalEndPoint!).Port}/secret-path?key=secret"));

        Assert.Equal(("connect_failed", true), (result.Error?.Code, result.Error?.Retryable));
        Assert.DoesNotContain("secret", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerAborts_ConnectionLost()
    {
        await using var server = await StandIn.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var hub = new TestHub();

        var result = await hub.GetAsync(server.Url);

        Assert.Equal(("connection_lost", true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task Send_UntrustedCertificate_TlsFailed()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.MaxValue
        );
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        await using var server = await StandIn.StartAsync(_ => Task.CompletedTask, listen => listen.UseHttps(certificate));
        using var hub = new TestHub();

        var result = await hub.GetAsync(server.Url);

        Assert.Equal(("tls_failed", false), (result.Error?.Code, result.Error?.Retryable));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:pass@example.com/")]
    public async Task Send_UnusableUrl_Invalid(string url)
    {
        using var hub = new TestHub();

        var result = await hub.GetAsync(new Uri(url));

        Assert.Equal("invalid_url", result.Error?.Code);
        Assert.DoesNotContain("pass@", result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public async Task Send_LongAnswer_Bounded(int length, bool fits)
    {
        await using var server = await StandIn.AnsweringAsync(new string('a', length), contentType: "text/plain");
        using var hub = new TestHub(("Hub:Outbound:MaxResponseBytes", "2048"));

        var result = await hub.GetAsync(server.Url);

        Assert.Equal(fits ? null : "too_large", result.Error?.Code);
        Assert.Equal(fits ? length : null, result.Response?.Body.Length);
    }

    [Fact]
    public async Task Send_AnswerOfMoreValuesThanBytesAllow_IsTooLarge()
    {
        await using var server = await StandIn.AnsweringAsync($"[1{string.Concat(Enumerable.Repeat(",1", 10_000))}]");
        using var hub = new TestHub(("Hub:Outbound:MaxResponseBytes", "65536"));

        using var result = await hub.GetAsync(server.Url);

        Assert.Equal(("too_large", false), (result.Error?.Code, result.Error?.Retryable));
        Assert.Contains("more than 8192 values", result.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_EndlessAnswer_IsTooLarge()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 << 10]);
            }
        });
        using var hub = new TestHub();

        using var result = await hub.GetAsync(server.Url);

        Assert.Equal("too_large", result.Error?.Code);
    }

    [Fact]
    public async Task Send_CompressedBomb_BoundedByWhatItUnfoldsTo()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(new byte[20 * 1024 * 1024]);
        }

        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(packed.ToArray());
        });
        using var hub = new TestHub();

        var result = await hub.GetAsync(server.Url);

        Assert.Equal("too_large", result.Error?.Code);
    }

    [Fact]
    public async Task Send_BrokenCompression_InvalidResponse()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.WriteAsync("this is not gzip at all");
        });
        using var hub = new TestHub();

        Assert.Equal("invalid_response", (await hub.GetAsync(server.Url)).Error?.Code);
    }

    [Fact]
    public async Task Send_SlowBody_TimesOut()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            await context.Response.WriteAsync("start");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var hub = new TestHub();

        var result = await hub.Http.SendAsync(new("GET", server.Url) { Timeout = TimeSpan.FromMilliseconds(200) }, TestContext.Current.CancellationToken);

        Assert.Equal(("timeout", true), (result.Error?.Code, result.Error?.Retryable));
    }

    [Fact]
    public async Task Send_TimeoutOfYears_Capped()
    {
        await using var server = await StandIn.AnsweringAsync("{}");
        using var hub = new TestHub();

        var result = await hub.Http.SendAsync(new("GET", server.Url) { Timeout = TimeSpan.FromDays(366) }, TestContext.Current.CancellationToken);

        Assert.Equal(200, result.Response?.Status);
    }

    private static GuardedHttpClient Client(Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        var options = Options.Create(new OutboundOptions { AllowedNetworks = ["127.0.0.0/8"] });
        return new(
            new OutboundConnector(new OutboundGuard(options, OwnPorts.None), options, resolve),
            options,
            TimeProvider.System,
            NullLogger<GuardedHttpClient>.Instance
        );
    }
}
