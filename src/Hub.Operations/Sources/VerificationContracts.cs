using System.Text.Json;
using Hub.Signatures.Doctor;

namespace Hub.Operations.Sources;

/// <summary>A request to be judged as if it had come to the Source. Nothing of it is kept.</summary>
/// <param name="Method">POST unless given.</param>
/// <param name="Url">As the sender called it; the Source's own address unless given.</param>
/// <param name="Headers">By name; a value is a text, or an array of texts for a header that was sent several times.</param>
/// <param name="Body">The body as text; or</param>
/// <param name="BodyBase64">its bytes.</param>
/// <param name="ReceivedAt">When it arrived; now unless given.</param>
public sealed record VerificationRequest(
    string? Method,
    string? Url,
    IReadOnlyDictionary<string, JsonElement>? Headers,
    string? Body,
    string? BodyBase64,
    DateTimeOffset? ReceivedAt
);

/// <param name="Verdict">valid, bad_signature, stale or missing.</param>
/// <param name="Reason">The same in a sentence.</param>
/// <param name="Diagnosis">Why, the likeliest first; empty when it is valid.</param>
public sealed record VerificationResult(string Verdict, string Reason, IReadOnlyList<Finding> Diagnosis);
