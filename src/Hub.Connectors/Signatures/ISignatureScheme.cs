namespace Hub.Connectors.Signatures;

/// <summary>How a source proves itself. Instances are shared by all requests and keep no state.</summary>
public interface ISignatureScheme
{
    /// <summary>The name used in workflows and sources: <c>github</c>.</summary>
    string Name { get; }

    /// <summary>Whether a source with this scheme needs a secret before it may be activated.</summary>
    bool NeedsSecret { get; }

    /// <summary>Why a secret cannot be used with this scheme (wrong format, empty), or null when it can.</summary>
    string? SecretFault(string secret);

    /// <summary>
    /// Judges the raw request against every secret, so that secrets can be rotated. Never throws for what a sender may send;
    /// with no usable secret nothing is valid.
    /// </summary>
    SignatureResult Verify(SignedRequest request, IReadOnlyList<string> secrets);
}
