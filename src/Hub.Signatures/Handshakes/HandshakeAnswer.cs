namespace Hub.Signatures.Handshakes;

/// <summary>What to answer a provider that asks for a handshake. Such a request is not recorded as a delivery.</summary>
/// <param name="Name">The handshake's name in the profile.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Null when the body is empty.</param>
/// <param name="Body">At most a few kilobytes.</param>
/// <param name="Headers">To be sent along; always has <c>X-Content-Type-Options</c>.</param>
/// <param name="SecretForOperator">
/// A secret that the provider handed over. Anyone who knows the address can send one: show it to the operator, who compares and stores it; never adopt it
/// unasked.
/// </param>
public sealed record HandshakeAnswer(
    string Name,
    int Status,
    string? ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, string> Headers,
    string? SecretForOperator = null
)
{
    /// <summary>What is called before it is answered; null when nothing is.</summary>
    public Uri? Visit { get; init; }

    // A record would print the secret.
    public override string ToString() => $"{Name}: {Status}, {Body.Length} bytes{(SecretForOperator is null ? "" : ", with a secret")}";
}
