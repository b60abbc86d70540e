using System.Globalization;

namespace Hub.Storage.Credentials;

/// <summary>
/// What a secret is for and the row it lies in. A secret that was encrypted for one place cannot be decrypted at another, so that whoever can only
/// write to the database gains nothing by moving one.
/// </summary>
public sealed record SecretPlace
{
    private SecretPlace(string purpose, string column, Guid row, string? owner = null) =>
        Text = string.Create(CultureInfo.InvariantCulture, $"{WorkspaceScope.DefaultWorkspace}/{purpose}/{column}/{row}/{owner}");

    /// <summary>The place as one text. The part that people choose comes last, so that no two places have the same text.</summary>
    public string Text { get; }

    /// <summary>The text that tells whether a key ring is the database's.</summary>
    public static SecretPlace KeyRingCheck { get; } = new("key-ring-check", "settings.value", Guid.Empty);

    /// <summary>What a Source's deliveries are signed with.</summary>
    public static SecretPlace SourceSecret(Guid id, Guid source) => new("source-secret", "source_secrets.protected", id, source.ToString());

    /// <summary>The token in a Source's address.</summary>
    public static SecretPlace Address(Guid id, Guid source) => new("source-address", "source_addresses.protected", id, source.ToString());

    /// <summary>What a provider handed over to a Source.</summary>
    public static SecretPlace Handshake(Guid id, Guid source) => new("handshake", "source_handshakes.protected", id, source.ToString());

    /// <summary>A credential's fields, for one connector and under one name.</summary>
    public static SecretPlace Credential(Guid id, string connector, string name) =>
        new("credential", "credentials.protected_fields", id, $"{connector}/{name}");

    /// <summary>The headers of a refused request that are not shown.</summary>
    public static SecretPlace QuarantinedHeaders(Guid id, Guid source) => new("quarantined-headers", "quarantine.protected_headers", id, source.ToString());
}
