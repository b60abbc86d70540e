using Hub.Connectors.Secrets;

namespace Hub.Engine.Credentials;

/// <summary>A credential's fields in the clear.</summary>
/// <param name="Mask">Hides the secret ones among them wherever something is recorded.</param>
public sealed record CredentialFields(string Connector, IReadOnlyDictionary<string, string> Fields, SecretMask Mask)
{
    // A record would print the fields.
    public override string ToString() => Connector;
}
