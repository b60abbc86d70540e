using Hub.Signatures.Certificates;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Verification;

/// <summary>Certificates that were fetched, and for a while which were not to be had. What was not found does not push out what was.</summary>
public sealed class KnownCertificates(TimeProvider time, IOptions<CertificateOptions> options)
{
    private readonly CertificateOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, (SigningCertificate Certificate, DateTimeOffset Until)> _kept = [];
    private readonly Dictionary<Uri, (bool IsGone, DateTimeOffset Until)> _missing = [];

    public FetchedCertificate? Find(Uri address)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            return _kept.TryGetValue(address, out var kept) && kept.Until > now ? new FetchedCertificate(kept.Certificate, IsGone: false)
                : _missing.TryGetValue(address, out var missing) && missing.Until > now ? new FetchedCertificate(null, missing.IsGone)
                : null;
        }
    }

    public void Keep(Uri address, FetchedCertificate fetched)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (fetched.Certificate is { } certificate)
            {
                MakeRoom(_kept, _options.Kept, static entry => entry.Until);
                _missing.Remove(address);
                _kept[address] = (certificate, now + (certificate.Untrusted is null ? _options.KeptFor : _options.MissingFor));
            }
            else
            {
                MakeRoom(_missing, _options.Missing, static entry => entry.Until);
                _missing[address] = (fetched.IsGone, now + _options.MissingFor);
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
}
