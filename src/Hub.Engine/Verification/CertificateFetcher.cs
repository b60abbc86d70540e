using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Connectors.Http;
using Hub.Signatures.Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Verification;

/// <summary>Fetches a certificate from the provider's hosts, with those of its issuers where its file does not hold them.</summary>
public sealed partial class CertificateFetcher(
    GuardedHttpClient http,
    CertificateTrust trust,
    IOptions<CertificateOptions> options,
    ILogger<CertificateFetcher> logger
)
{
    private readonly CertificateOptions _options = options.Value;

    public async Task<FetchedCertificate> FetchAsync(CertificatePlace place, Uri address)
    {
        using var result = await GetAsync(address);
        if (result.Response is not { Status: < 400 or 403 or 404 or 410 } answer)
        {
            Log.NotFetched(logger, address.Host, result.Error?.Message ?? $"It answered {result.Response!.Status}.", trust.Advice);
            return new(null, IsGone: false);
        }

        // Redirected elsewhere, not found, or no certificate: it is none of the provider's.
        var isProviders = answer.IsSuccess && PinnedAddress.IsAllowed(answer.Url, place.Hosts) && answer.Body.Length <= _options.MaxBytes;
        return isProviders ? await ReadAsync(address, answer.Body) : new(null, IsGone: true);
    }

    /// <summary>
    /// Amazon's files hold nothing but the certificate itself: those of its issuers are fetched from where it says they are, and trusted for nothing but
    /// their way to a root.
    /// </summary>
    private async Task<FetchedCertificate> ReadAsync(Uri address, ReadOnlyMemory<byte> pem)
    {
        var issuers = new X509Certificate2Collection();
        try
        {
            var certificate = SigningCertificate.Read(address, pem.Span, trust);
            while (certificate?.MissingIssuer is { } place && issuers.Count < _options.MaxIssuers)
            {
                using var result = await GetAsync(place);
                if (result.Response is not { IsSuccess: true } answer)
                {
                    Log.NotFetched(logger, place.Host, result.Error?.Message ?? $"It answered {result.Response!.Status}.", "");
                    return new(null, IsGone: false);
                }

                if (ReadIssuer(answer.Body) is not { } issuer)
                {
                    break;
                }

                issuers.Add(issuer);
                certificate = SigningCertificate.Read(address, pem.Span, trust, issuers);
            }

            return new(certificate, IsGone: certificate is null);
        }
        finally
        {
            foreach (var issuer in issuers)
            {
                issuer.Dispose();
            }
        }
    }

    private Task<OutboundResult> GetAsync(Uri address) =>
        http.SendAsync(new OutboundRequest("GET", address) { Timeout = _options.FetchTimeout }, CancellationToken.None);

    private X509Certificate2? ReadIssuer(ReadOnlyMemory<byte> file)
    {
        try
        {
            return file.Length > _options.MaxBytes ? null : X509CertificateLoader.LoadCertificate(file.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "A signing certificate could not be fetched from {Host}, and what it signed is answered 503 until it can: {Reason} {Advice}"
        )]
        public static partial void NotFetched(ILogger logger, string host, string reason, string advice);
    }
}
