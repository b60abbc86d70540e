using Hub.Signatures.Certificates;

namespace Hub.Engine.Verification;

/// <summary>What came of a fetch.</summary>
/// <param name="IsGone">Whether the provider's host has no such certificate; else it could not be asked.</param>
public readonly record struct FetchedCertificate(SigningCertificate? Certificate, bool IsGone);
