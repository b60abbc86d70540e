using Hub.Signatures.Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hub.Signatures;

/// <summary>A request as it arrived, for a signature scheme to judge.</summary>
/// <param name="Method">Upper-case: <c>POST</c>.</param>
/// <param name="Url">The public URL that the sender called, query included; some providers sign it.</param>
/// <param name="Headers">All of them; names compare without case.</param>
/// <param name="Body">The raw bytes, before any parsing.</param>
/// <param name="ReceivedAt">When it arrived; time windows are measured against this, not against the clock.</param>
public sealed record SignedRequest(string Method, string Url, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>The same of headers that stand in a list; those of one name go together.</summary>
    public static SignedRequest Of(
        string method,
        string url,
        IEnumerable<KeyValuePair<string, StringValues>> headers,
        ReadOnlyMemory<byte> body,
        DateTimeOffset receivedAt
    )
    {
        var given = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            given.Append(name, value);
        }

        return new SignedRequest(method, url, given, body, receivedAt);
    }

    /// <summary>The certificate that the request names, for schemes that sign with one; null when it was not fetched.</summary>
    public SigningCertificate? Certificate { get; init; }
}
