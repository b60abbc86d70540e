using Hub.Connectors.Signatures;

namespace Hub.Engine.Intake;

/// <summary>A Source ready to judge requests.</summary>
/// <param name="Rules">What it asks of a request before its signature.</param>
/// <param name="Respond">How it answers; null for the usual 202.</param>
public sealed record ReceivingSource(
    Guid Id,
    string Name,
    string Token,
    ISignatureScheme Scheme,
    LiveSecrets Secrets,
    DedupeRule? Dedupe,
    int BodyLimit,
    AdmissionRules Rules,
    AnswerSettings? Respond);
