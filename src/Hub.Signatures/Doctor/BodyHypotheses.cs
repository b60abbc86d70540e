namespace Hub.Signatures.Doctor;

/// <summary>Something on the way changed the body's bytes and kept its meaning.</summary>
internal static class BodyHypotheses
{
    private const string Remedy = "A proxy, a framework or the sender itself writes the body anew after signing; pass the bytes on as they are.";

    public static IEnumerable<Hypothesis> Of(Refused refused)
    {
        if (!refused.SignsBody || refused.Request.Body.IsEmpty)
        {
            yield break;
        }

        foreach (var (what, body) in BodyCompression.Of(refused.Request))
        {
            yield return refused.With(
                SignatureCause.CompressedBody,
                $"The signature is over the body before it was compressed ({what}). Let the sender sign the bytes that it sends, or send them uncompressed.",
                refused.Request with
                {
                    Body = body,
                }
            );
        }

        foreach (var (what, body) in BodyForms.Of(refused.Request.Body))
        {
            yield return refused.With(
                SignatureCause.BodyReserialized,
                $"The signature is right for the body {what}. {Remedy}",
                refused.Request with
                {
                    Body = body,
                }
            );
        }
    }
}
