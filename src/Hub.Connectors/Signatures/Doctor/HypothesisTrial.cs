namespace Hub.Connectors.Signatures.Doctor;

/// <summary>Tries hypotheses until one holds or the effort is spent: a diagnosis costs bounded time, however large the body.</summary>
internal sealed class HypothesisTrial
{
    private const int MaxTrials = 600;
    private const long MaxBytes = 192L << 20;

    private int _trials;
    private long _bytes;

    /// <summary>The first hypothesis under which the signature is right.</summary>
    public Hypothesis? FirstTrue(IEnumerable<Hypothesis> hypotheses)
    {
        foreach (var hypothesis in hypotheses)
        {
            _bytes += hypothesis.Request.Body.Length + (PublicKeySignature.IsFor(hypothesis.Profile.Algorithm) ? 256 << 10 : 1024);
            if (++_trials > MaxTrials || _bytes > MaxBytes)
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

    private static bool Holds(Hypothesis hypothesis) =>
        SignatureProfileRules.FaultOf(hypothesis.Profile) is null
        && new ProfileSignatureScheme(hypothesis.Profile).Verify(hypothesis.Request, hypothesis.Secrets).Verdict is SignatureVerdict.Valid or SignatureVerdict.Stale;
}
