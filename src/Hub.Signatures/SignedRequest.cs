using Hub.Signatures.Certificates;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures;

/// <summary>A request as it arrived, for a signature scheme to judge.</summary>
/// <param name="Method">Upper-case: <c>POST</c>.</param>
/// <param name="Url">The public URL that the sender called, query included; some providers sign it.</param>
/// <param name="Headers">All of them; names compare without case.</param>
/// <param name="Body">The raw bytes, before any parsing.</param>
/// <param name="ReceivedAt">When it arrived; time windows are measured against this, not against the clock.</param>
public sealed record SignedRequest(string Method, string Url, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>The certificate that the request names, for schemes that sign with one; null when it was not fetched.</summary>
    public SigningCertificate? Certificate { get; init; }
}
