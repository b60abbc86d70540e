namespace Hub.Signatures;

/// <summary>How a secret's text becomes the key.</summary>
/// <param name="Format">How the key's bytes are written.</param>
/// <param name="Prefix">Taken off the text before reading it, when it is there: <c>whsec_</c>.</param>
/// <param name="Contains">A text that every secret holds, such as the colon of user and password.</param>
/// <param name="Field">A field of the request, see <see cref="RequestField"/>, that names the secret itself, such as a topic.</param>
/// <param name="HandshakePrefix">Secrets that begin so serve handshakes only and never prove a delivery: <c>verify:</c>.</param>
public sealed record SecretForm(
    ByteEncoding Format = ByteEncoding.Utf8,
    string Prefix = "",
    string Contains = "",
    string? HandshakePrefix = null,
    string? Field = null
)
{
    /// <summary>Whether a secret is for handshakes only.</summary>
    public bool IsForHandshake(string secret) => HandshakePrefix is { } prefix && secret.StartsWith(prefix, StringComparison.Ordinal);
}
