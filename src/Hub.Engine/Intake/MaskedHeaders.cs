using Hub.Connectors.Secrets;
using Hub.Connectors.Signatures;

namespace Hub.Engine.Intake;

/// <summary>Which headers are never shown.</summary>
public static class MaskedHeaders
{
    /// <summary>Whether a header proves who someone is: a common one such as Authorization, or the one that holds the scheme's secret.</summary>
    public static bool IsMasked(string name, ISignatureScheme scheme) =>
        SecretMask.IsSecretHeader(name) || name.Equals(scheme.SecretHeader, StringComparison.OrdinalIgnoreCase);
}
