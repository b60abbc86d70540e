namespace Hub.Signatures.Handshakes;

/// <summary>An address of the request that is called before the answer, by which the receiver confirms.</summary>
/// <param name="Field">Where it is, see <see cref="RequestField"/>.</param>
/// <param name="Hosts">The hosts that are called, written as those of certificates.</param>
public sealed record HandshakeVisit(string Field, IReadOnlyList<string> Hosts);
