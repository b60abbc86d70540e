using Hub.Connectors.Secrets;

namespace Hub.Engine.Intake;

/// <summary>Which headers are never shown.</summary>
public static class MaskedHeaders
{
    /// <summary>
    /// Whether a header proves who someone is: by its name, as Authorization does, because the Source's scheme has its secret there, or because one of the
    /// Source's secrets stands in it.
    /// </summary>
    public static bool IsMasked(string name, string value, ReceivingSource source) =>
        SecretNames.IsHeader(name) || name.Equals(source.Scheme.SecretHeader, StringComparison.OrdinalIgnoreCase) || source.Secrets.IsIn(value);
}
