using Hub.Signatures.Certificates;

namespace Hub.Signatures;

/// <summary>For sources whose sender signs nothing: whoever knows the URL is let in.</summary>
public sealed class NoSignatureScheme : ISignatureScheme
{
    public const string SchemeName = "none";

    public string Name => SchemeName;

    public bool NeedsSecret => false;

    public bool SignsUrl => false;

    public string? SecretHeader => null;

    public CertificatePlace? Certificate => null;

    public bool HandsOverSecret => false;

    public bool SignsContent => false;

    public bool Covers(RequestField field) => false;

    public IReadOnlyList<string> SignedKeysOf(SignedRequest request) => [];

    public bool TakesHandshakesBy(string method) => false;

    public bool ProvesDeliveries(string secret) => false;

    public string? SecretError(string secret) => null;

    public SignatureResult Verify(SignedRequest request, IReadOnlyList<string> secrets) =>
        new(SignatureVerdict.Valid, "The source takes requests without a signature.");
}
