namespace Hub.Connectors.Signatures;

/// <summary>For sources whose sender signs nothing: whoever knows the URL is let in.</summary>
public sealed class NoSignatureScheme : ISignatureScheme
{
    public const string SchemeName = "none";

    public string Name => SchemeName;

    public bool NeedsSecret => false;

    public string? SecretFault(string secret) => null;

    public SignatureResult Verify(SignedRequest request, IReadOnlyList<string> secrets) =>
        new(SignatureVerdict.Valid, "The source takes requests without a signature.");
}
