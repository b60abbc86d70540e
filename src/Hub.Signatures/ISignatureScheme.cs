using Hub.Signatures.Certificates;

namespace Hub.Signatures;

/// <summary>How a source proves itself. Instances are shared by all requests and keep no state.</summary>
public interface ISignatureScheme
{
    /// <summary>The name used in workflows and sources: <c>github</c>.</summary>
    string Name { get; }

    /// <summary>Whether a source with this scheme needs a secret before it may be activated.</summary>
    bool NeedsSecret { get; }

    /// <summary>Whether the address is signed. Then it must be known for certain, and not from the request.</summary>
    bool SignsUrl { get; }

    /// <summary>The header that holds the secret itself, for schemes that send it; null when none does.</summary>
    string? SecretHeader { get; }

    /// <summary>Where a request names the certificate that must be fetched before it can be judged; null for schemes without.</summary>
    CertificatePlace? Certificate { get; }

    /// <summary>Whether a request of this method may be a handshake, and so must be read before it can be refused.</summary>
    bool TakesHandshakesBy(string method);

    /// <summary>Whether the provider itself hands over the secret by handshake, so that a source must be able to wait for it.</summary>
    bool HandsOverSecret { get; }

    /// <summary>Whether deliveries are judged with this secret; a few serve handshakes only.</summary>
    bool ProvesDeliveries(string secret);

    /// <summary>Why a secret cannot be used with this scheme (wrong format, empty), or null when it can.</summary>
    string? SecretError(string secret);

    /// <summary>Whether the signature is made over something of a delivery, not only shown by it.</summary>
    bool SignsContent { get; }

    /// <summary>Whether the signature covers a place of the request; what it does not cover anybody can change who has seen one.</summary>
    bool Covers(RequestField field);

    /// <summary>Keys of what the signature of a valid request covers, the same for every repetition of it; empty when it covers nothing.</summary>
    IReadOnlyList<string> SignedKeysOf(SignedRequest request);

    /// <summary>
    /// Judges the raw request against every secret, so that secrets can be rotated. Never throws for what a sender may send;
    /// with no usable secret nothing is valid.
    /// </summary>
    SignatureResult Verify(SignedRequest request, IReadOnlyList<string> secrets);
}
