using Hub.Fields;

namespace Hub.Signatures.Doctor;

/// <summary>
/// Says why a request was refused, by trying what usually goes wrong until the signature is right. Pure, of bounded cost, and silent about
/// secrets and right signatures; still for the operator's eyes only, since it tells that a guess about the secret is near.
/// </summary>
public static class SignatureDoctor
{
    private const int MaxOtherSources = 200;

    private static readonly Lazy<IReadOnlyList<SignatureProfile>> BuiltIn = new(SignatureProfileFile.BuiltIn);

    /// <summary>The possible causes, the likeliest first; empty for a request that is valid.</summary>
    /// <param name="request">As it arrived.</param>
    /// <param name="scheme">The Source's scheme.</param>
    /// <param name="secrets">The Source's secrets.</param>
    /// <param name="otherSources">The other Sources of the workspace.</param>
    /// <param name="known">The profiles to recognise senders by; those of the hub when left out.</param>
    /// <param name="ended">Secrets that the Source had, as far as they are still known.</param>
    public static IReadOnlyList<Finding> Diagnose(
        SignedRequest request,
        ISignatureScheme scheme,
        IReadOnlyList<string> secrets,
        IReadOnlyList<(string Name, ISignatureScheme Scheme, IReadOnlyList<string> Secrets)> otherSources,
        IReadOnlyList<SignatureProfile>? known = null,
        IReadOnlyList<EndedSecret>? ended = null
    )
    {
        var result = scheme.Verify(request, secrets);
        if (result.IsValid || scheme is not ProfileSignatureScheme { Profile: var profile })
        {
            return [];
        }

        var refused = new Refused(request, profile, [.. secrets.Where(secret => !profile.Secret.IsForHandshake(secret))]);
        if (result.Verdict == SignatureVerdict.Stale)
        {
            return TimeFindings.Of(refused);
        }

        if (HeaderFindings.Duplicated(refused) is { } duplicated)
        {
            return [duplicated];
        }

        var trial = new HypothesisTrial();
        var senders = SenderFindings.Of(refused, known ?? BuiltIn.Value, trial);
        if (HeaderFindings.Missing(refused) is { } missing)
        {
            return Ordered([.. senders, missing]);
        }

        if (HeaderFindings.Time(refused) is { } unreadable)
        {
            return [unreadable];
        }

        if (((ProfileSignatureScheme)scheme).BodyError(request) is { } unfit)
        {
            return Ordered([
                .. senders,
                new(
                    SignatureCause.BodyUnfit,
                    $"{unfit} Check that this is the sender's scheme, and that nothing changes the body or its Content-Type.",
                    Proven: true
                ),
            ]);
        }

        var unusable = UnusableSecrets(refused, scheme);
        var proof = trial.FirstTrue(Hypotheses(refused, ended ?? [], otherSources));
        var others = proof is null ? Owner(refused, otherSources, trial) : new Finding(proof.Cause, proof.Sentence, Proven: true);
        return others is not null
            ? Ordered([others, .. unusable, .. proof is null ? [] : TimeFindings.Of(new(proof.Request, proof.Profile, proof.Secrets))])
            : Ordered([.. unusable, .. senders.Where(static sender => sender.Proven), .. Guesses.Of(refused), .. senders]);
    }

    private static IEnumerable<Hypothesis> Hypotheses(
        Refused refused,
        IReadOnlyList<EndedSecret> ended,
        IReadOnlyList<(string Name, ISignatureScheme Scheme, IReadOnlyList<string> Secrets)> otherSources
    ) =>
        SecretHypotheses
            .OfEnded(refused, ended)
            .Concat(SignatureHypotheses.Of(refused))
            .Concat(SecretHypotheses.Of(refused))
            .Concat(
                otherSources
                    .Take(MaxOtherSources)
                    .Select(other =>
                        refused.With(
                            SignatureCause.OtherSourcesSecret,
                            $"The request is signed with a secret of the Source '{other.Name}'. Give the sender this Source's secret, or the address of "
                                + "the other.",
                            secrets: other.Secrets
                        )
                    )
            )
            .Concat(UrlHypotheses.Of(refused))
            .Concat(BodyHypotheses.Of(refused));

    /// <summary>The Source that the request would be right for, by its own scheme.</summary>
    private static Finding? Owner(
        Refused refused,
        IReadOnlyList<(string Name, ISignatureScheme Scheme, IReadOnlyList<string> Secrets)> otherSources,
        HypothesisTrial trial
    )
    {
        foreach (var (name, scheme, secrets) in otherSources.Take(MaxOtherSources))
        {
            if (scheme.NeedsSecret && trial.IsRight(refused.Request, scheme, secrets))
            {
                return new(
                    SignatureCause.OtherSourcesSecret,
                    $"The request is right for the Source '{name}'. Give the sender the address of that Source.",
                    Proven: true
                );
            }
        }

        return null;
    }

    private static Finding[] UnusableSecrets(Refused refused, ISignatureScheme scheme) =>
        refused.Secrets.Count > 0 && refused.Secrets.All(secret => scheme.SecretError(secret) is not null)
            ?
            [
                new(
                    SignatureCause.SecretFormat,
                    $"No secret of the Source can be used: {scheme.SecretError(refused.Secrets[0])} Copy it again from the sender's settings.",
                    Proven: true
                ),
            ]
            : [];

    private static List<Finding> Ordered(IEnumerable<Finding> findings) =>
        [.. findings.DistinctBy(static finding => finding.Cause).Select(static finding => finding with { Sentence = Bounded(finding.Sentence) })];

    private static string Bounded(string sentence) => Characters.CutUnits(sentence, 500);
}
