using Hub.Signatures.Handshakes;

namespace Hub.Signatures.Certificates;

/// <summary>Where the certificate is that the provider signs deliveries with, and what it must be.</summary>
/// <param name="Url">The field of the request, see <see cref="RequestField"/>, that holds its address.</param>
/// <param name="Hosts">Hosts it may come from, over HTTPS: a <c>*</c> stands for a part of one label. <c>http://127.0.0.1:5080</c> names an origin, for
/// tests.</param>
/// <param name="PathPrefix">How the address's path begins. It never has a query, as that could make the host answer what somebody else chose.</param>
/// <param name="Names">DNS names that the certificate is for, written as hosts; it has at least one of them.</param>
/// <param name="Sha1When">When the signature is made over SHA-1; else it is over SHA-256.</param>
public sealed record CertificatePlace(
    string Url,
    IReadOnlyList<string> Hosts,
    string PathPrefix,
    IReadOnlyList<string> Names,
    HandshakeCondition? Sha1When = null
)
{
    /// <summary>The address that a request names; null when it has none, or one that is not the provider's.</summary>
    public Uri? AddressIn(SignedRequest request) =>
        RequestField.TryParse(Url, out var field)
        && PinnedAddress.TryRead(field.Read(request), Hosts, out var address)
        && address.AbsolutePath.StartsWith(PathPrefix, StringComparison.Ordinal)
        && address.Query.Length == 0
            ? address
            : null;
}
