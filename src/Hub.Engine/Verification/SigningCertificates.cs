using System.Diagnostics.CodeAnalysis;
using Hub.Signatures;
using Hub.Signatures.Certificates;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Verification;

/// <summary>
/// Gives requests the certificates that they name. Whoever knows a Source's address can have one fetched, from a provider's hosts only: how many are is
/// bounded, and those who ask for the same wait for one fetch.
/// </summary>
public sealed class SigningCertificates(CertificateFetcher fetcher, KnownCertificates known, TimeProvider time, IOptions<CertificateOptions> options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, Task<FetchedCertificate>> _fetching = [];
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
    private bool TryBegin(CertificatePlace place, Uri address, [NotNullWhen(true)] out Task<FetchedCertificate>? fetching)
    {
        lock (_lock)
        {
            if (known.Find(address) is { } found)
            {
                fetching = Task.FromResult(found);
                return true;
            }

            if (_fetching.TryGetValue(address, out fetching))
            {
                return true;
            }

            var now = time.GetUtcNow();
            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                (_minute, _inMinute) = (now, 0);
            }

            fetching = ++_inMinute > options.Value.FetchesPerMinute ? null : _fetching[address] = Task.Run(() => FetchAsync(place, address));
            return fetching is not null;
        }
    }

    private async Task<FetchedCertificate> FetchAsync(CertificatePlace place, Uri address)
    {
        var fetched = new FetchedCertificate(null, IsGone: false);
        try
        {
            fetched = await fetcher.FetchAsync(place, address);
        }
        finally
        {
            lock (_lock)
            {
                _fetching.Remove(address);
                known.Keep(address, fetched);
            }
        }

        return fetched;
    }
}
