using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hub.Api;

/// <summary>What one connection may cost, section <c>Hub:Limits</c>: slow senders and floods of headers are cut off by the server itself.</summary>
public sealed class LimitOptions
{
    public const string Section = "Hub:Limits";

    /// <summary>Connections open at once; further ones are closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Header lines of one request.</summary>
    [Range(10, 10_000)]
    public int MaxHeaders { get; set; } = 100;

    /// <summary>All header lines of one request together, in bytes.</summary>
    [Range(4096, 1 << 20)]
    public int MaxHeaderBytes { get; set; } = 64 << 10;

    /// <summary>Method, address and query, in bytes.</summary>
    [Range(1024, 1 << 20)]
    public int MaxRequestLineBytes { get; set; } = 8 << 10;

    /// <summary>How long the headers of a request may take to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may lie idle between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>The slowest that a body may come, in bytes a second on average.</summary>
    [Range(1, 1 << 20)]
    public int MinBodyRate { get; set; } = 240;

    /// <summary>How long a body may come more slowly before it is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00")]
    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    internal void ApplyTo(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = HubHosting.MaxBody + 1;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestLineSize = MaxRequestLineBytes;
        limits.MaxRequestBufferSize = Math.Max(1 << 20, Math.Max(MaxHeaderBytes, MaxRequestLineBytes));
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(MinBodyRate, BodyGrace);
    }
}
