using System.ComponentModel.DataAnnotations;

namespace Hub.Connectors.Http;

/// <summary>Limits of all outgoing HTTP, section <c>Hub:Outbound</c>.</summary>
public sealed class OutboundOptions
{
    public const string Section = "Hub:Outbound";

    /// <summary>
    /// Networks that may be called although they are not public, as CIDR, with all ports or some: <c>10.20.0.0/16</c>, <c>127.0.0.0/8:5099</c>,
    /// <c>fd00:1::/32:8000-8099</c>. Empty by default: loopback, link-local, private and reserved addresses are refused. The hub's own ports always are.
    /// </summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Time to connect, name resolution and TLS included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a whole call, redirects and the reading of the body included, when the call names none.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>The longest body that is read, in bytes after decompression, and the most that it may be as JSON.</summary>
    [Range(1024, 1 << 30)]
    public int MaxResponseBytes { get; set; } = 4 << 20;

    /// <summary>Answers of more than 256 KiB that are read at once; further ones wait, within the time of their call.</summary>
    [Range(1, 1000)]
    public int MaxLargeAnswers { get; set; } = 8;

    /// <summary>How many redirects are followed; 0 follows none.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Connections kept open at once to one host and port.</summary>
    [Range(1, 10_000)]
    public int MaxConnectionsPerServer { get; set; } = 64;
}
