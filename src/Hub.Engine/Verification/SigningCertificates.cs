using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hub.Connectors.Http;
using Hub.Signatures;
using Hub.Signatures.Certificates;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Verification;

/// <summary>
/// Fetches providers' certificates and keeps them. Whoever knows a Source's address can have one fetched, from a provider's hosts only: how many are is
/// bounded, and what was not found does not push out what was.
/// </summary>
public sealed partial class SigningCertificates(GuardedHttpClient http, CertificateTrust trust, TimeProvider time, ILogger<SigningCertificates> logger)
{
    private const int MostKept = 64;
    private const int MostMissing = 256;
    private const int MostBytes = 64 << 10;
    private const int MostAMinute = 30;

    /// <summary>Certificates of issuers that are fetched for one chain.</summary>
    private const int MostIssuers = 3;

    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, (SigningCertificate Certificate, DateTimeOffset Until)> _kept = [];
    private readonly Dictionary<Uri, (bool IsGone, DateTimeOffset Until)> _missing = [];
    private readonly Dictionary<Uri, Task<Fetched>> _fetching = [];
    private DateTimeOffset _minute;
    private int _inMinute;

    /// <summary>The request with the certificate that it names, for schemes that sign with one; the others' as it is.</summary>
    /// <returns>Null when the certificate cannot be had now: the sender should try again.</returns>
    public ValueTask<SignedRequest?> CompleteAsync(ISignatureScheme scheme, SignedRequest request, CancellationToken cancellationToken) =>
        scheme.Certificate is { } place ? CompleteAsync(place, request, cancellationToken) : new(request);

    private async ValueTask<SignedRequest?> CompleteAsync(CertificatePlace place, SignedRequest request, CancellationToken cancellationToken)
    {
        if (place.AddressIn(request) is not { } address)
        {
            return request;
        }

        if (!TryBegin(place, address, out var fetching))
        {
            return null;
        }

        var fetched = await fetching.WaitAsync(cancellationToken);
        return fetched is { Certificate: null, IsGone: false } ? null : request with { Certificate = fetched.Certificate };
    }

    /// <summary>What is known, or a fetch that goes on for everybody who asks for the same; false when too many were made.</summary>
    private bool TryBegin(CertificatePlace place, Uri address, [NotNullWhen(true)] out Task<Fetched>? fetching)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (Known(address, now) is { } known)
            {
                fetching = Task.FromResult(known);
                return true;
            }

            if (_fetching.TryGetValue(address, out fetching))
            {
                return true;
            }

            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                (_minute, _inMinute) = (now, 0);
            }

            fetching = ++_inMinute > MostAMinute ? null : _fetching[address] = Task.Run(() => FetchAsync(place, address));
            return fetching is not null;
        }
    }

    private Fetched? Known(Uri address, DateTimeOffset now) =>
        _kept.TryGetValue(address, out var kept) && kept.Until > now ? new Fetched(kept.Certificate, IsGone: false)
        : _missing.TryGetValue(address, out var missing) && missing.Until > now ? new Fetched(null, missing.IsGone)
        : null;

    private async Task<Fetched> FetchAsync(CertificatePlace place, Uri address)
    {
        var fetched = new Fetched(null, IsGone: false);
        try
        {
            using var result = await http.SendAsync(new OutboundRequest("GET", address) { Timeout = Patience }, CancellationToken.None);
            if (result.Response is { Status: < 400 or 403 or 404 or 410 } answer)
            {
                // Redirected elsewhere, not found, or no certificate: it is none of the provider's.
                var isProviders = answer.IsSuccess && PinnedAddress.IsAllowed(answer.Url, place.Hosts) && answer.Body.Length <= MostBytes;
                fetched = isProviders ? await ReadAsync(address, answer.Body) : new(null, IsGone: true);
            }
            else
            {
                Log.NotFetched(logger, address.Host, result.Error?.Message ?? $"It answered {result.Response!.Status}.", trust.Advice);
            }
        }
        finally
        {
            Keep(address, fetched);
        }

        return fetched;
    }

    /// <summary>
    /// Amazon's files hold nothing but the certificate itself: those of its issuers are fetched from where it says they are, and trusted for nothing but
    /// their way to a root.
    /// </summary>
    private async Task<Fetched> ReadAsync(Uri address, ReadOnlyMemory<byte> pem)
    {
        var issuers = new X509Certificate2Collection();
        try
        {
            var certificate = SigningCertificate.Read(address, pem.Span, trust);
            while (certificate?.MissingIssuer is { } place && issuers.Count < MostIssuers)
            {
                using var result = await http.SendAsync(new OutboundRequest("GET", place) { Timeout = Patience }, CancellationToken.None);
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

    private static X509Certificate2? ReadIssuer(ReadOnlyMemory<byte> file)
    {
        try
        {
            return file.Length > MostBytes ? null : X509CertificateLoader.LoadCertificate(file.Span);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Keep(Uri address, Fetched fetched)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _fetching.Remove(address);
            if (fetched.Certificate is { } certificate)
            {
                MakeRoom(_kept, MostKept, static entry => entry.Until);
                _missing.Remove(address);
                _kept[address] = (certificate, now + (certificate.Untrusted is null ? KeptFor : MissingFor));
            }
            else
            {
                MakeRoom(_missing, MostMissing, static entry => entry.Until);
                _missing[address] = (fetched.IsGone, now + MissingFor);
            }
        }
    }

    private static void MakeRoom<T>(Dictionary<Uri, T> entries, int most, Func<T, DateTimeOffset> until)
    {
        if (entries.Count >= most)
        {
            entries.Remove(entries.MinBy(entry => until(entry.Value)).Key);
        }
    }

    /// <param name="IsGone">Whether the provider's host has no such certificate; else it could not be asked.</param>
    private readonly record struct Fetched(SigningCertificate? Certificate, bool IsGone);

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
