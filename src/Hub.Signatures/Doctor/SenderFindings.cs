namespace Hub.Signatures.Doctor;

/// <summary>Recognises other providers by the headers they send.</summary>
internal static class SenderFindings
{
    public static IReadOnlyList<Finding> Of(Refused refused, IReadOnlyList<SignatureProfile> known, HypothesisTrial trial)
    {
        var own = HeaderFindings.Needed(refused.Profile).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var senders = known
            .Where(profile => profile.Name != refused.Profile.Name && profile.Signature.BodyField is null)
            .Where(profile => IsThere(refused.Request, profile) && HeaderFindings.Needed(profile).Any(name => !own.Contains(name)))
            .Select(profile =>
                (
                    Profile: profile,
                    Proven: trial.IsRight(refused.Request, new ProfileSignatureScheme(profile), refused.Secrets),
                    Marks: Marks(refused.Request, profile)
                )
            )
            .OrderByDescending(static sender => sender.Proven)
            .ThenByDescending(static sender => sender.Marks)
            .Take(1);
        return
        [
            .. senders.Select(static sender => new Finding(
                SignatureCause.WrongScheme,
                $"The request has {sender.Profile.Signature.Header}, as {sender.Profile.Title} sends it. "
                    + $"Choose the scheme '{sender.Profile.Name}' for this Source, or give the sender another address.",
                sender.Proven
            )),
        ];
    }

    private static bool IsThere(SignedRequest request, SignatureProfile profile) =>
        HeaderFindings.Needed(profile).All(name => request.Headers[name].Count == 1)
        && request
            .Headers[profile.Signature.Header]
            .ToString()
            .StartsWith(profile.Signature.Prefix, profile.Signature.PrefixAnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>How many of the provider's other headers are there.</summary>
    private static int Marks(SignedRequest request, SignatureProfile profile) =>
        HeaderFindings.Needed(profile).Count()
        + new[] { profile.DeliveryId ?? profile.Dedupe, profile.EventType }.Count(text =>
            RequestField.TryParse(text, out var field) && field.Read(request) is { Length: > 0 }
        );
}
