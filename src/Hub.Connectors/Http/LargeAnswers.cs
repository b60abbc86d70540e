using Microsoft.Extensions.Options;

namespace Hub.Connectors.Http;

/// <summary>
/// Places for answers that are large, as each is held several times over until it has become an output. Others are read on when there is one; the sender
/// waits.
/// </summary>
internal sealed class LargeAnswers : IDisposable
{
    /// <summary>Answers up to this size need no place, in bytes.</summary>
    public const int Small = 256 << 10;

    /// <summary>Hosts share these by their hash: more than that are hardly called at once.</summary>
    private const int Groups = 64;

    private readonly SemaphoreSlim _all;
    private readonly SemaphoreSlim[] _hosts;

    public LargeAnswers(IOptions<OutboundOptions> options)
    {
        var most = options.Value.MaxLargeAnswers;
        var share = Math.Max(1, most * 3 / 4);
        _all = new SemaphoreSlim(most, most);
        _hosts = [.. Enumerable.Range(0, Groups).Select(_ => new SemaphoreSlim(share, share))];
    }

    /// <summary>Waits for a place, to be disposed. One host has at most three quarters of them.</summary>
    public async Task<IDisposable> TakeAsync(Uri url, CancellationToken cancellationToken)
    {
        var own = _hosts[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(url.Authority) % Groups];
        await own.WaitAsync(cancellationToken);
        try
        {
            await _all.WaitAsync(cancellationToken);
        }
        catch
        {
            own.Release();
            throw;
        }

        return new Place(own, _all);
    }

    public void Dispose()
    {
        _all.Dispose();
        Array.ForEach(_hosts, host => host.Dispose());
    }

    private sealed class Place(SemaphoreSlim own, SemaphoreSlim all) : IDisposable
    {
        private int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 0)
            {
                all.Release();
                own.Release();
            }
        }
    }
}
