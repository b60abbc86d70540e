namespace Hub.Signatures;

/// <summary>A verdict with its cause.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Reason">A sentence for a person; never holds a secret or the signature that was expected.</param>
/// <param name="SecretIndex">Which of the given secrets signed the request; null when none did, or none is needed.</param>
public readonly record struct SignatureResult(SignatureVerdict Verdict, string Reason, int? SecretIndex = null)
{
    public bool IsValid => Verdict == SignatureVerdict.Valid;
}
