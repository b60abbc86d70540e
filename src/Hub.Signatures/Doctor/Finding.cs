namespace Hub.Signatures.Doctor;

/// <summary>One possible reason for a refusal.</summary>
/// <param name="Cause">The reason.</param>
/// <param name="Sentence">What it means here and what to do; never holds a secret or a signature that would be right.</param>
/// <param name="Proven">Whether the signature was found right under exactly this assumption, or the request shows it; else it is a guess.</param>
public sealed record Finding(SignatureCause Cause, string Sentence, bool Proven = false);
