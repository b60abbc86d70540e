using Hub.Signatures;

namespace Hub.Engine.Intake;

/// <summary>The words of verdicts in tables and answers.</summary>
public static class VerdictText
{
    public static string Of(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Valid => "valid",
            SignatureVerdict.Stale => "stale",
            SignatureVerdict.Missing => "missing",
            _ => "bad_signature",
        };
}
