namespace Hub.Signatures.Doctor;

/// <summary>A way in which the request could have been right. One of the three is changed from what was received or configured.</summary>
internal sealed record Hypothesis(SignatureCause Cause, string Sentence, SignedRequest Request, SignatureProfile Profile, IReadOnlyList<string> Secrets);

/// <summary>A refused request as it stands, which hypotheses vary.</summary>
internal sealed record Refused(SignedRequest Request, SignatureProfile Profile, IReadOnlyList<string> Secrets)
{
    public Hypothesis With(
        SignatureCause cause,
        string sentence,
        SignedRequest? request = null,
        SignatureProfile? profile = null,
        IReadOnlyList<string>? secrets = null
    ) => new(cause, sentence, request ?? Request, profile ?? Profile, secrets ?? Secrets);

    /// <summary>The signature's text, or null when it is missing or not single.</summary>
    public string? Signature =>
        Profile.Signature.BodyField is { } pointer ? SignedItems.FieldOf(Profile, Request, Profile.Items is { } items ? items + "/0" + pointer : pointer)
        : Request.Headers[Profile.Signature.Header] is [{ Length: > 0 } one] ? one
        : null;

    public bool SignsBody => Profile.Signed.Any(static part => part.Part is SignedPartKind.Body or SignedPartKind.SortedForm);

    public bool SignsUrl => Profile.Signed.Any(static part => part.Part is SignedPartKind.Url or SignedPartKind.DecodedUrl);

    public bool IsToken => Profile.Algorithm == SignatureAlgorithm.Token;
}
