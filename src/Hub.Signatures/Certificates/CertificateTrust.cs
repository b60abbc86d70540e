using System.Security.Cryptography.X509Certificates;

namespace Hub.Signatures.Certificates;

/// <summary>The roots that the chain of a provider's certificate must lead to: those of this machine, or given ones alone.</summary>
public sealed class CertificateTrust
{
    private const string NoRoots = "This machine has no root certificates to check others with. Install the package ca-certificates, or set SSL_CERT_FILE";

    private readonly X509Certificate2Collection? _roots;

    private CertificateTrust(X509Certificate2Collection? roots) => _roots = roots;

    public static CertificateTrust OfThisMachine { get; } = new(roots: null);

    /// <summary>For requests that come with their certificate as an example: it leads to the last one of its own file.</summary>
    internal static CertificateTrust OfItself { get; } = new([]);

    public static CertificateTrust Of(X509Certificate2Collection roots) => new(roots);

    /// <summary>Whether there is a root, as far as that is not this machine's own affair.</summary>
    internal bool IsUsable => _roots is not { Count: 0 };

    /// <summary>
    /// Builds the chain from what is given, without a call to anywhere. Its validity is that of all its parts, whatever time it is now; what was withdrawn
    /// is not known.
    /// </summary>
    internal CertificateChain Check(X509Certificate2 certificate, X509Certificate2Collection others)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.DisableCertificateDownloads = true;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        policy.ExtraStore.AddRange(others);
        if (_roots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(ReferenceEquals(this, OfItself) ? [others.Count > 0 ? others[^1] : certificate] : roots);
        }

        var isTrusted = chain.Build(certificate);
        var parts = chain.ChainElements.Select(static element => element.Certificate).ToList();
        var found = new CertificateChain(
            isTrusted ? null : ErrorOf(chain),
            isTrusted || !IsPartial(chain) || parts.Count == 0 ? null : IssuerOf(parts[^1]),
            new DateTimeOffset(parts.Append(certificate).Max(static part => part.NotBefore)),
            new DateTimeOffset(parts.Append(certificate).Min(static part => part.NotAfter))
        );
        parts.ForEach(static part => part.Dispose());
        return found;
    }

    /// <summary>What to do about a machine on which nothing can be trusted; empty on all others.</summary>
    public string Advice => _roots is null && !HasRoots() ? $"{NoRoots}." : "";

    private string ErrorOf(X509Chain chain) =>
        _roots is null && !HasRoots() ? NoRoots
        : IsPartial(chain) ? "The signing certificate does not lead to a root that is trusted here: the certificate of its issuer is missing"
        : Has(chain, X509ChainStatusFlags.UntrustedRoot) ? "The signing certificate leads to a root that is not trusted here"
        : Has(chain, X509ChainStatusFlags.NotSignatureValid) ? "The signing certificate was not signed by its issuer"
        : $"The chain of the signing certificate breaks the rules for certificates ({string.Join(", ", chain.ChainStatus.Select(static each => each.Status))})";

    private static bool IsPartial(X509Chain chain) => Has(chain, X509ChainStatusFlags.PartialChain);

    private static bool Has(X509Chain chain, X509ChainStatusFlags flag) => chain.ChainStatus.Any(each => each.Status.HasFlag(flag));

    private static bool HasRoots() =>
        new[] { StoreLocation.LocalMachine, StoreLocation.CurrentUser }.Any(static location =>
        {
            using var store = new X509Store(StoreName.Root, location, OpenFlags.ReadOnly);
            return store.Certificates.Count > 0;
        });

    /// <summary>Where the certificate says that its issuer's is.</summary>
    private static Uri? IssuerOf(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509AuthorityInformationAccessExtension>()
            .SelectMany(static extension => extension.EnumerateCAIssuersUris())
            .Select(static text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : null)
            .FirstOrDefault(static address => address?.Scheme is "http" or "https");
}
