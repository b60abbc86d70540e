namespace Hub.Storage.Credentials;

/// <summary>A connector's secret fields under a name that steps refer to.</summary>
public sealed class Credential
{
    public Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Connector { get; init; }

    /// <summary>The fields, a JSON object of strings encrypted by <see cref="SecretVault"/>.</summary>
    public required byte[] ProtectedFields { get; set; }

    /// <summary>What its fields are encrypted for.</summary>
    public SecretPlace Place => SecretPlace.Credential(Id, Connector, Name);

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
