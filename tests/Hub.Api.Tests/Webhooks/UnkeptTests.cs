using Hub.Engine.Catalog;
using Hub.Engine.Executions;
using Hub.Engine.Intake;

namespace Hub.Api.Tests.Webhooks;

/// <summary>A delivery that was not kept starts nothing, and its sender is told to send it again, whatever the reason.</summary>
public sealed class UnkeptTests : IAsyncLifetime
{
    private const int Many = 50;

    private StandIn _standIn = null!;
    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync();
        _hub = await TestHub.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _standIn.DisposeAsync();
    }

    /// <summary>A table that intake writes has another name, or the server finds its own data damaged.</summary>
    [Theory]
    [InlineData("ALTER TABLE hub.intake_counts RENAME TO gone", "ALTER TABLE hub.gone RENAME TO intake_counts")]
    [InlineData(
        "CREATE FUNCTION hub.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'damaged' USING ERRCODE = 'XX001'; END $$; "
            + "CREATE TRIGGER fail BEFORE INSERT ON hub.intake_counts FOR EACH ROW EXECUTE FUNCTION hub.fail()",
        "DROP FUNCTION hub.fail() CASCADE"
    )]
    public async Task Commit_Fails_Is503AndNothingRunsUntilItIsSentAgain(string spoil, string mend)
    {
        var source = await _hub.AddSourceAsync(dedupe: "header:X-Id");
        await _hub.AddWorkflowAsync($$"""[{"id":"a","type":"http.request","with":{"url":"{{_standIn.At("/call")}}","method":"POST"} }]""", source);
        await _hub.EndsOfDeliveryAsync(await SendAsync(source, "warm", 202));
        await _hub.AskAsync(spoil);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(i => SendAsync(source, $"id-{i}", 503)));
        Assert.Equal(0, _hub.Get<LocalQueue>().Count);
        Assert.Single(_standIn.To("/call"));
        Assert.Equal(1L, await _hub.AskAsync("SELECT count(*) FROM hub.executions"));

        await _hub.AskAsync(mend);
        var deliveries = await Task.WhenAll(Enumerable.Range(0, Many).Select(i => SendAsync(source, $"id-{i}", 202)));
        foreach (var delivery in deliveries)
        {
            Assert.Equal("completed", Assert.Single(await _hub.EndsOfDeliveryAsync(delivery)).Status());
        }

        Assert.Equal(Many + 1, _standIn.To("/call").Count);
        Assert.Equal(Many + 1L, await _hub.AskAsync("SELECT sum(accepted)::bigint FROM hub.intake_counts"));
    }

    /// <summary>What is read before the commit: the Sources, the workflows, and the version whose trigger is asked.</summary>
    [Theory]
    [InlineData("sources")]
    [InlineData("workflows")]
    [InlineData("workflow_versions")]
    public async Task LookUp_StatementIsCalledWrong_Is503(string table)
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await _hub.AskAsync($"ALTER TABLE hub.{table} RENAME TO gone");
        _hub.Get<SourceDirectory>().Invalidate();
        _hub.Get<WorkflowCatalog>().Invalidate();
        await SendAsync(source, "x", 503);
        Assert.Equal(0L, await _hub.AskAsync("SELECT count(*) FROM hub.deliveries"));
        await _hub.AskAsync($"ALTER TABLE hub.gone RENAME TO {table}");
        _hub.Get<SourceDirectory>().Invalidate();
        _hub.Get<WorkflowCatalog>().Invalidate();
        Assert.Equal("completed", Assert.Single(await _hub.EndsOfDeliveryAsync(await SendAsync(source, "x", 202))).Status());
    }

    private async Task<Guid> SendAsync(TestSource source, string id, int status)
    {
        using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", ("X-Id", id));
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(status == (int)response.StatusCode, $"{status} was expected, {(int)response.StatusCode} came: {text}");
        if (status == 503)
        {
            Assert.NotNull(response.Headers.RetryAfter);
            return Guid.Empty;
        }

        return JsonDocument.Parse(text).RootElement.GetProperty("deliveryId").GetGuid();
    }
}
