namespace Hub.Signatures.Certificates;

/// <summary>What a profile must fulfil whose signatures are made with a certificate, or whose handshakes call an address.</summary>
internal static class CertificateRules
{
    /// <summary>What a profile contradicts itself in, with the place and the remedy; null when nothing.</summary>
    public static string? ErrorOf(SignatureProfile profile) =>
        profile switch
        {
            { Certificate: null } when CertificateSignature.IsFor(profile.Algorithm) => "certificate: the algorithm needs one. Say where the request names it.",
            { Certificate: not null } when !CertificateSignature.IsFor(profile.Algorithm) =>
                "certificate: the algorithm uses none. Leave it out, or take rsa-sha256.",
            { Certificate.Url: { } url } when !RequestField.TryParse(url, out _) =>
                $"certificate.url: '{url}' names no place. Write 'header:' and a name, or 'body:' and a JSON Pointer.",
            { Certificate.Hosts: { } hosts } when !AreHosts(hosts) => Hosts("certificate.hosts"),
            { Certificate.Names: { } names } when !AreHosts(names) => Hosts("certificate.names"),
            { Certificate.PathPrefix: { } path } when !path.StartsWith('/') =>
                "certificate.pathPrefix: a path begins with '/'. Write what every address begins with after its host.",
            { Certificate.Sha1When.Field: { } field } when !RequestField.TryParse(field, out _) => $"certificate.sha1When: '{field}' names no place.",
            { Secret.Field: { } field } when profile.Certificate is null || !RequestField.TryParse(field, out _) =>
                "secret.field: it names the field of the request that a certificate's signature is for. Leave it out, or write such as 'body:/TopicArn'.",
            _ => HandshakeError(profile),
        };

    private static string? HandshakeError(SignatureProfile profile)
    {
        foreach (var handshake in profile.Handshakes)
        {
            if (handshake is { Visit: not null, Proof: not Handshakes.HandshakeProof.Signature })
            {
                return "handshakes: an address is called only for a signed request. Set \"proof\": \"signature\".";
            }

            if (handshake.Visit is { } visit && (!AreHosts(visit.Hosts) || !RequestField.TryParse(visit.Field, out _)))
            {
                return Hosts("handshakes.visit");
            }
        }

        return null;
    }

    private static bool AreHosts(IReadOnlyList<string> hosts) => hosts.Count > 0 && hosts.All(PinnedAddress.IsPattern);

    private static string Hosts(string place) =>
        $"{place}: it needs a field and hosts in lower case, such as 'api.example.com' or 'sns.*.example.com'; '*' stands in a label, and not in the last two.";
}
