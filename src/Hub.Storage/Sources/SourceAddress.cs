namespace Hub.Storage.Sources;

/// <summary>A token in the URL under which a Source receives. It has several while its address is changed.</summary>
public sealed class SourceAddress
{
    public Guid Id { get; init; }

    public Guid SourceId { get; init; }

    /// <summary>Of the token, as of <see cref="AddressHash"/>: requests are found by it.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The token's UTF-8, encrypted by <see cref="Credentials.SecretVault"/>, to be shown.</summary>
    public required byte[] Protected { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on nothing is received under it; null for the Source's present address.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
