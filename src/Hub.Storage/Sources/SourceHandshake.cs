namespace Hub.Storage.Sources;

/// <summary>A secret that a provider handed over by handshake. Anybody who knows the address can send one, so it is only shown.</summary>
public sealed class SourceHandshake
{
    /// <summary>How many are kept of a Source: the last ones, and the first ones of the last hour, which later ones cannot push out.</summary>
    public const int Most = Last + First;

    public const int Last = 5;

    public const int First = 2;

    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    /// <summary>What the scheme calls the handshake.</summary>
    public required string Name { get; init; }

    /// <summary>The secret's UTF-8, encrypted by <see cref="Credentials.SecretVault"/>.</summary>
    public required byte[] Protected { get; init; }

    public DateTimeOffset ReceivedAt { get; set; }
}
