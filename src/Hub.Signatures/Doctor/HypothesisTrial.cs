namespace Hub.Signatures.Doctor;

/// <summary>
/// The effort of one diagnosis. Everything that verifies spends of it, so that it costs bounded time, however large the body and however many the secrets.
/// </summary>
internal sealed class HypothesisTrial
{
    private const int MaxTrials = 600;
    private const long MaxBytes = 192L << 20;

    /// <summary>Kept back for asking the other Sources, when no hypothesis holds.</summary>
    private const long KeptBack = MaxBytes / 4;

    private const int SecretBytes = 1024;
    private const int PublicKeyBytes = 256 << 10;

    private int _trials;
    private long _bytes;

    /// <summary>The first hypothesis under which the signature is right.</summary>
    public Hypothesis? FirstTrue(IEnumerable<Hypothesis> hypotheses)
    {
        foreach (var hypothesis in hypotheses)
        {
            if (++_trials > MaxTrials || !TrySpend(hypothesis.Request, hypothesis.Profile, hypothesis.Secrets.Count, MaxBytes - KeptBack))
            {
                return null;
            }

            if (Holds(hypothesis))
            {
                return hypothesis;
            }
        }

        return null;
    }

    /// <summary>Whether the request is right for a scheme; false when the effort is spent.</summary>
    public bool IsRight(SignedRequest request, ISignatureScheme scheme, IReadOnlyList<string> secrets) =>
        TrySpend(request, (scheme as ProfileSignatureScheme)?.Profile, secrets.Count, MaxBytes)
        && scheme.Verify(request, secrets).Verdict is SignatureVerdict.Valid or SignatureVerdict.Stale;

    private bool TrySpend(SignedRequest request, SignatureProfile? profile, int secrets, long most)
    {
        var each = request.Body.Length + (profile is not null && PublicKeySignature.IsFor(profile.Algorithm) ? PublicKeyBytes : SecretBytes);
        var cost = (long)each * Math.Max(1, secrets);
        if (_bytes + cost > most)
        {
            return false;
        }

        _bytes += cost;
        return true;
    }

    private static bool Holds(Hypothesis hypothesis) =>
        SignatureProfileRules.ErrorOf(hypothesis.Profile) is null
        && new ProfileSignatureScheme(hypothesis.Profile).Verify(hypothesis.Request, hypothesis.Secrets).Verdict
            is SignatureVerdict.Valid
                or SignatureVerdict.Stale;
}
