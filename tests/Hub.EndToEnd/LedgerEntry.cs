using System.Net.Http.Json;

namespace Hub.EndToEnd;

/// <summary>What the ledger says of one Source.</summary>
internal sealed record LedgerEntry(
    Guid SourceId,
    string Source,
    long Received,
    long Accepted,
    long Duplicate,
    long Refused,
    long Quarantined,
    long Completed,
    long Failed,
    long Cancelled,
    long Filtered,
    long Unrouted,
    long InProgress,
    long ReceivedDifference,
    long AcceptedDifference,
    bool Closes,
    Dictionary<string, long> RefusedFor
)
{
    /// <summary>The entries of everything since then.</summary>
    /// <exception cref="HttpRequestException">The hub or its database is away: no status, or 503.</exception>
    public static async Task<IReadOnlyList<LedgerEntry>> ReadAsync(HubProcess hub, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow().AddMinutes(1);
        Ledger? ledger;
        try
        {
            ledger = await hub.Api.GetFromJsonAsync<Ledger>($"/api/v1/ledger?from={since.UtcDateTime:O}&to={until.UtcDateTime:O}", cancellationToken);
        }
        catch (IOException cut)
        {
            throw new HttpRequestException("The hub went away while it answered.", cut);
        }

        Assert.Equal(ledger!.Sources.All(entry => entry.Closes), ledger.Closes);
        return ledger.Sources;
    }

    public override string ToString() =>
        $"{Source}: {Received} received, {Accepted} accepted, {Duplicate} duplicate, {Refused} refused ({string.Join(", ", RefusedFor)}), {Quarantined} "
        + $"quarantined (differs by {ReceivedDifference}); "
        + $"{Completed} completed, {Failed} failed, {Cancelled} cancelled, {Filtered} filtered, {Unrouted} unrouted, {InProgress} in progress (differs by "
        + $"{AcceptedDifference})";

    /// <summary>Fails with the entry in full unless both sums close.</summary>
    public void AssertCloses() => Assert.True(Closes && ReceivedDifference == 0 && AcceptedDifference == 0, $"the ledger does not close: {this}");

    private sealed record Ledger(bool Closes, IReadOnlyList<LedgerEntry> Sources);
}
