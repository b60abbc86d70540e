namespace Hub.Storage.Sources;

/// <summary>One of the secrets that a Source's sender may sign with.</summary>
public sealed class SourceSecret
{
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    /// <summary>The secret's UTF-8, encrypted by <see cref="Credentials.SecretVault"/>.</summary>
    public required byte[] Protected { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When a request was last signed with it, as known some time ago; null when none was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From then on nothing is accepted that is signed with it; null when it holds until it is removed.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
