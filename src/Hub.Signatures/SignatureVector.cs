using System.Text;
using Hub.Signatures.Certificates;
using Microsoft.AspNetCore.Http;

namespace Hub.Signatures;

/// <summary>A signed request with its secret, to hold a profile to.</summary>
public sealed record SignatureVector
{
    public required string Name { get; init; }

    /// <summary>Where it was printed; null when it was computed from the documentation.</summary>
    public Uri? Published { get; init; }

    public required string Secret { get; init; }

    public string Method { get; init; } = "POST";

    public string Url { get; init; } = "https://hub.example.com/webhooks/incoming/abc";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public string Body { get; init; } = "";

    /// <summary>The certificate that the request names, as PEM.</summary>
    public string? Certificate { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public long ReceivedAt { get; init; }

    public SignatureVerdict Expect { get; init; } = SignatureVerdict.Valid;

    /// <param name="place">Where the scheme has its certificate; null for schemes without.</param>
    public SignedRequest ToRequest(CertificatePlace? place = null)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in Headers)
        {
            headers[name] = value;
        }

        var request = new SignedRequest(Method, Url, headers, Encoding.UTF8.GetBytes(Body), DateTimeOffset.FromUnixTimeSeconds(ReceivedAt));
        return Certificate is { } pem && place?.AddressIn(request) is { } address
            ? request with
            {
                Certificate = SigningCertificate.Read(address, Encoding.ASCII.GetBytes(pem), CertificateTrust.OfItself),
            }
            : request;
    }
}
