using Hub.Signatures;
using Hub.Storage.Deliveries;

namespace Hub.Engine.Intake;

/// <summary>The words of verdicts in tables and answers.</summary>
public static class VerdictText
{
    public static string Of(SignatureVerdict verdict) =>
        verdict switch
        {
            SignatureVerdict.Valid => "valid",
            SignatureVerdict.Stale => DeliveryVerdictText.Stale,
            SignatureVerdict.Missing => DeliveryVerdictText.Missing,
            _ => DeliveryVerdictText.BadSignature,
        };
}
