namespace Hub.Signatures.Certificates;

/// <summary>What became of the way from a certificate to a root.</summary>
/// <param name="Error">Why it leads to none that is trusted, as a sentence without its end; null when it does.</param>
/// <param name="Issuer">Where the certificate that is missing can be had, as the last one found says it; null when none is missing, or nothing is said.</param>
internal readonly record struct CertificateChain(string? Error, Uri? Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
