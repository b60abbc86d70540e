using System.Security.Cryptography.X509Certificates;
using Hub.Signatures.Certificates;

namespace Hub.Signatures;

/// <summary>Section <c>Hub:Signatures</c>.</summary>
public sealed class SignatureOptions
{
    public const string Section = "Hub:Signatures";

    /// <summary>A folder with signature profiles of the operator's own, one a file (<c>*.json</c>), read at the start; none unless given.</summary>
    public string? ProfileFolder { get; set; }

    /// <summary>
    /// A PEM file with the root certificates that providers' signing certificates must lead to, instead of this machine's own; read at the start.
    /// </summary>
    public string? RootsFile { get; set; }

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It holds something else.</exception>
    internal CertificateTrust ReadTrust()
    {
        if (string.IsNullOrWhiteSpace(RootsFile))
        {
            return CertificateTrust.OfThisMachine;
        }

        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(RootsFile);
        return CertificateTrust.Of(roots);
    }
}
