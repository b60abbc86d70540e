using System.Net;

namespace Hub.EndToEnd;

/// <summary>Reads the ledger again and again while work goes on and things die: each time it must close, and nothing that was received may be gone.</summary>
internal sealed class LedgerAudit(HubProcess hub, DateTimeOffset since)
{
    private readonly Dictionary<Guid, long> _received = [];

    /// <summary>How often the hub answered.</summary>
    public int Answers { get; private set; }

    /// <summary>How often it could not.</summary>
    public int Silences { get; private set; }

    public async Task RunAsync(TimeSpan pace, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(pace);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await LookAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task LookAsync()
    {
        IReadOnlyList<LedgerEntry> entries;
        try
        {
            entries = await LedgerEntry.ReadAsync(hub, since, CancellationToken.None);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null or HttpStatusCode.ServiceUnavailable)
        {
            Silences++;
            return;
        }

        Answers++;
        foreach (var entry in entries)
        {
            entry.AssertCloses();
            Assert.True(
                entry.Received >= _received.GetValueOrDefault(entry.SourceId),
                $"{_received.GetValueOrDefault(entry.SourceId)} were received before, now: {entry}"
            );
            _received[entry.SourceId] = entry.Received;
        }
    }
}
