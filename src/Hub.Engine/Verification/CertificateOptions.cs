using System.ComponentModel.DataAnnotations;

namespace Hub.Engine.Verification;

/// <summary>Section <c>Hub:Certificates</c>: the certificates that providers sign with, which the hub fetches.</summary>
public sealed class CertificateOptions
{
    public const string Section = "Hub:Certificates";

    /// <summary>Certificates that are kept.</summary>
    [Range(1, 10_000)]
    public int Kept { get; init; } = 64;

    /// <summary>How long one is kept.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Addresses without one, or without a trusted one, that are remembered.</summary>
    [Range(1, 10_000)]
    public int Missing { get; init; } = 256;

    /// <summary>How long such an address is not asked again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MissingFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Certificates that are fetched in a minute, for all Sources together.</summary>
    [Range(1, 10_000)]
    public int FetchesPerMinute { get; init; } = 30;

    /// <summary>How long one fetch may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The longest file that is taken for a certificate, in bytes.</summary>
    [Range(1024, 1 << 20)]
    public int MaxBytes { get; init; } = 64 << 10;

    /// <summary>Certificates of issuers that are fetched for one chain.</summary>
    [Range(0, 10)]
    public int MaxIssuers { get; init; } = 3;
}
