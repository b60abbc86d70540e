using Hub.Signatures;
using Hub.Storage.Quarantine;

namespace Hub.Engine.Intake;

/// <summary>A request to a Source as a whole, at the door or out of quarantine.</summary>
/// <param name="Signed">As it is verified: with its raw body.</param>
/// <param name="Query">The query string as sent, with its question mark, or empty.</param>
public readonly record struct IncomingRequest(ReceivingSource Source, SignedRequest Signed, byte[] Body, string Query)
{
    /// <summary>Where it lies in quarantine, which it leaves when it is kept; null at the door.</summary>
    public QuarantinedRequest? Aside { get; init; }

    /// <summary>Whether somebody lets it in whose signature is right, whatever its time; the delivery says so.</summary>
    public bool AcceptsStale { get; init; }

    internal bool MayBeHandshake => Aside is null && Source.Scheme.TakesHandshakesBy(Signed.Method);

    internal bool IsProvenBy(SignatureResult result) => result.IsValid || (AcceptsStale && result.Verdict == SignatureVerdict.Stale);

    /// <summary>What people are shown of it.</summary>
    public ShownRequest Shown => Aside is { } aside ? new(aside.Query, aside.ContentType, aside.Headers) : ShownRequest.Of(Source, Signed, Query);
}
