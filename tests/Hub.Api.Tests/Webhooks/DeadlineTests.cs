using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Webhooks;

/// <summary>However long the database is silent, a sender has its answer in time.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    /// <summary>The drivers' own limits are longer than this by far.</summary>
    private static readonly TimeSpan WellInTime = TimeSpan.FromSeconds(8);

    private PostgresLine _line = null!;
    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _line = new PostgresLine(await PostgresServer.CreateDatabaseAsync(Cancel));
        _hub = await TestHub.StartAsync(("ConnectionStrings:Hub", _line.ConnectionString), ("Hub:Intake:AnswerWithin", "00:00:01"));
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _line.DisposeAsync();
    }

    /// <summary>What a commit had begun with is kept and runs although its sender was told 503; what only waited is not written at all.</summary>
    [Fact]
    public async Task Commit_TableLocked_Is503InTimeAndWhatIsCommittedLaterRuns()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await _hub.EndsOfDeliveryAsync(await _hub.DeliverAsync(source, "{}"));
        await using (var locked = await TableLock.TakeAsync(_hub.ConnectionString, "hub.deliveries", Cancel))
        {
            var begun = NotKeptAsync(source);
            await locked.WaitForWaiterAsync(Cancel);
            await Task.WhenAll([begun, .. Enumerable.Range(0, 20).Select(_ => NotKeptAsync(source))]);
            Assert.Equal(1, _hub.Get<LocalQueue>().Count);
        }

        await UntilAsync(async () => (await _hub.AskAsync("SELECT count(*) FROM hub.executions WHERE status = 'completed'")) is 2L);
        Assert.Equal(2L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries"));
        Assert.Equal(2L, await _hub.AskAsync("SELECT sum(accepted)::bigint FROM hub.intake_counts"));
        await UntilAsync(() => Task.FromResult(_hub.Get<LocalQueue>().Count == 0));
        await _hub.EndsOfDeliveryAsync(await _hub.DeliverAsync(source, "{}"));
    }

    /// <summary>What is read before the commit.</summary>
    [Theory]
    [InlineData("hub.sources")]
    [InlineData("hub.workflows")]
    [InlineData("hub.workflow_versions")]
    public async Task LookUp_TableLocked_Is503InTime(string table)
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await using (await TableLock.TakeAsync(_hub.ConnectionString, table, Cancel))
        {
            _hub.Get<SourceDirectory>().Invalidate();
            _hub.Get<WorkflowCatalog>().Invalidate();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => NotKeptAsync(source)));
        }

        Assert.Equal(0L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries"));
        await UntilAsync(async () =>
        {
            using var response = await _hub.PostAsync(source, "{}"u8.ToArray());
            return (int)response.StatusCode == 202;
        });
    }

    [Fact]
    public async Task Handshake_TableLocked_Is503InTime()
    {
        var source = await _hub.AddSourceAsync("""{"scheme":"asana"}""");
        await using var locked = await TableLock.TakeAsync(_hub.ConnectionString, "hub.source_handshakes", Cancel);
        await NotKeptAsync(source, ("X-Hook-Secret", "b537207f20cbfa02357cf448134da559"));
    }

    [Fact]
    public async Task Database_Frozen_Is503InTimeAndTakesDeliveriesAgain()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await _hub.EndsOfDeliveryAsync(await _hub.DeliverAsync(source, "{}"));
        _line.GoDead();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => NotKeptAsync(source)));
        await NotKeptAsync(source);
        _line.Restore();
        await UntilAsync(async () =>
        {
            using var response = await _hub.PostAsync(source, "{}"u8.ToArray());
            return (int)response.StatusCode == 202;
        });
    }

    private async Task NotKeptAsync(TestSource source, params (string Name, string Value)[] headers)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", headers);
        var took = TimeProvider.System.GetElapsedTime(since);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == 503, $"{response.StatusCode}: {text}");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.InRange(took, TimeSpan.Zero, WellInTime);
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await happened())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
