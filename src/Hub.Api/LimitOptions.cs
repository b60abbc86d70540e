using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hub.Api;

/// <summary>
/// What connections may cost, section <c>Hub:Limits</c>. One holds at most about twice its header bytes, for which nobody has to prove anything, so
/// <see cref="MaxConnections"/> times that is what the hub needs besides what bodies take.
/// </summary>
public sealed class LimitOptions
{
    public const string Section = "Hub:Limits";

    private const int LeastBuffer = 64 << 10;

    /// <summary>Requests at once on one connection, with HTTP/2.</summary>
    private const int StreamsPerConnection = 20;

    /// <summary>The server looks once a second.</summary>
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    /// <summary>Connections open at once; further ones are closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 2000;

    /// <summary>
    /// Connections that one address, of IPv6 one network of 64 bits, has open at once; further ones are closed at once. This machine and trusted proxies have
    /// no such bound.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 500;

    /// <summary>Header lines of one request.</summary>
    [Range(10, 10_000)]
    public int MaxHeaders { get; set; } = 100;

    /// <summary>All header lines of one request together, in bytes.</summary>
    [Range(4096, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 32 << 10;

    /// <summary>Method, address and query, in bytes.</summary>
    [Range(1024, 1 << 20)]
    public int MaxRequestLineBytes { get; set; } = 8 << 10;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may lie idle between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>The slowest that a body may come, in bytes a second, within each <see cref="BodyWindow"/>.</summary>
    [Range(1, 1 << 20)]
    public int MinBodyRate { get; set; } = 240;

    /// <summary>Over how long the rate of a body is looked at.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan BodyWindow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a body may take as a whole.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The slowest that an answer may be taken, in bytes a second on average.</summary>
    [Range(1, 1 << 20)]
    public int MinAnswerRate { get; set; } = 4096;

    internal void ApplyTo(KestrelServerOptions kestrel)
    {
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = HubHosting.MaxBody + 1;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;

        // What a sender may push while nobody reads, such as its next request.
        limits.MaxRequestBufferSize = Math.Max(LeastBuffer, Math.Max(MaxHeaderBytes, MaxRequestLineBytes));
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;

        // The server measures the whole body on average, from before its first byte; SlowBodies sees to the rest.
        var grace = BodyWindow < LeastGrace ? LeastGrace : BodyWindow;
        limits.MinRequestBodyDataRate = new MinDataRate(MinBodyRate, grace);
        limits.MinResponseDataRate = new MinDataRate(MinAnswerRate, grace);
    }
}
