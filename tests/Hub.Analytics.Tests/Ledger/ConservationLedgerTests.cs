using Hub.Analytics.Ledger;
using Hub.Storage;
using Hub.Storage.Embedded;
using Hub.Storage.Inbox;
using Hub.Storage.Queue;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Analytics.Tests.Ledger;

public sealed class ConservationLedgerTests : IAsyncLifetime
{
    /// <summary>A whole minute within every dedupe window.</summary>
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds((TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60) - 600);

    private readonly Guid _source = Guid.CreateVersion7();
    private HubDatabase _database = null!;
    private InboxWriter _inbox = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await _database.StartAsync(TestContext.Current.CancellationToken);
        _inbox = new InboxWriter(_database, new HubNode(), Options.Create(new InboxOptions()), TimeProvider.System, NullLogger<InboxWriter>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _inbox.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Read_EveryKindOfOutcome_CountsEachOnceAndCloses()
    {
        await StartAsync("completed");
        await StartAsync("completed", "failed");
        await StartAsync("completed", "cancelled");
        await StartAsync("cancelled");
        await StartAsync("running", "failed");
        await DeliverAsync(key: "k");
        await DeliverAsync(key: "k");
        await DeliverAsync(decisions: """[{"outcome":"filtered"}]""");

        var entry = Assert.Single(await ReadAsync(Start, Start.AddMinutes(1)));

        Assert.True(entry.Closes);
        Assert.Equal((8, 7, 1), (entry.Received, entry.Accepted, entry.Duplicate));
        Assert.Equal((2, 1, 1, 1, 1, 1), (entry.Completed, entry.Failed, entry.Cancelled, entry.InProgress, entry.Unrouted, entry.Filtered));
        Assert.Empty(await ReadAsync(Start.AddMinutes(1), Start.AddMinutes(2)));
    }

    [Fact]
    public async Task Read_ADeliveryThatVanished_DoesNotClose()
    {
        await DeliverAsync();
        await DeliverAsync();
        await RunAsync("DELETE FROM hub.deliveries WHERE id = (SELECT max(id::text)::uuid FROM hub.deliveries)");
        var entry = Assert.Single(await ReadAsync(Start, Start.AddMinutes(1)));
        Assert.Equal((false, 1L, 0L), (entry.Closes, entry.ReceivedDifference, entry.AcceptedDifference));
    }

    [Fact]
    public async Task Read_AnExecutionThatVanished_DoesNotClose()
    {
        await StartAsync("completed", "completed");
        await RunAsync("DELETE FROM hub.executions WHERE id = (SELECT max(id::text)::uuid FROM hub.executions)");
        var entry = Assert.Single(await ReadAsync(Start, Start.AddMinutes(1)));
        Assert.Equal((false, 0L, 1L), (entry.Closes, entry.ReceivedDifference, entry.AcceptedDifference));
    }

    [Fact]
    public async Task Read_RefusedForReasons_TellsThem()
    {
        var refusals = new Hub.Storage.Quarantine.RefusalCounts(_database, new HubNode());
        refusals.Add(_source, Start.AddSeconds(59), "rate_limited");
        refusals.Add(_source, Start.AddSeconds(1), "rate_limited");
        refusals.Add(_source, Start.AddSeconds(1), "body_too_large");
        refusals.Add(_source, Start.AddSeconds(60), "body_too_large");
        await refusals.FlushAsync(TestContext.Current.CancellationToken);
        var entry = Assert.Single(await ReadAsync(Start, Start.AddMinutes(1)));
        Assert.True(entry.Closes);
        Assert.Equal((3, 3), (entry.Received, entry.Refused));
        Assert.Equal(new Dictionary<string, long> { ["rate_limited"] = 2, ["body_too_large"] = 1 }, entry.RefusedFor);
    }

    private Task<IReadOnlyList<LedgerEntry>> ReadAsync(DateTimeOffset from, DateTimeOffset to) =>
        new ConservationLedger(_database).ReadAsync(from, to, TestContext.Current.CancellationToken);

    private Task StartAsync(params string[] executions) => DeliverAsync(executions: executions);

    private async Task DeliverAsync(string? key = null, string? decisions = null, string[]? executions = null)
    {
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(Start),
            SourceId = _source,
            ReceivedAt = Start,
            Method = "POST",
            Query = "",
            Headers = "{}",
            DedupeKey = key,
            Body = [],
        };
        var newExecutions = (executions ?? [])
            .Select(_ => new NewExecution(Guid.CreateVersion7(Start), Guid.CreateVersion7(), 1, "webhook", delivery.Id, null, null, Start, Leased: true))
            .ToList();
        await _inbox.WriteAsync(new InboxEntry(delivery, newExecutions) { Decisions = decisions });
        foreach (var (newExecution, status) in newExecutions.Zip(executions ?? []).Where(pair => pair.Second != "running"))
        {
            await RunAsync($"UPDATE hub.executions SET status = '{status}', lease_node = NULL, finished_at = now() WHERE id = '{newExecution.Id}'");
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
