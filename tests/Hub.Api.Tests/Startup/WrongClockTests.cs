namespace Hub.Api.Tests.Startup;

/// <summary>A machine whose clock is a year off keeps its deliveries where those of today lie.</summary>
public sealed class WrongClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-365, "behind the database's")]
    [InlineData(365, "ahead of the database's")]
    public async Task Delivery_OnAMachineAYearOff_IsKeptByTheDatabasesClock(int days, string told)
    {
        await using var hub = await TestHub.StartAsync(new ShiftedTime(TimeSpan.FromDays(days)));
        Assert.Contains(told, hub.Log.Text, StringComparison.Ordinal);
        var source = await hub.AddSourceAsync();
        await hub.AddWorkflowAsync("""[{ "id": "a", "type": "set", "with": { "x": 1 } }]""", source);
        var delivery = await hub.DeliverAsync(source, "{}");
        await hub.EndsOfDeliveryAsync(delivery);

        const string Rows = """
            SELECT bool_and(at BETWEEN now() - interval '1 minute' AND now() + interval '1 minute') AND count(*) >= 6 FROM (
                SELECT received_at AS at FROM hub.deliveries
                UNION ALL SELECT to_timestamp(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) FROM hub.deliveries
                UNION ALL SELECT to_timestamp(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 1000.0) FROM hub.executions
                UNION ALL SELECT created_at FROM hub.executions
                UNION ALL SELECT finished_at FROM hub.execution_steps
                UNION ALL SELECT created_at FROM hub.sources) AS times
            """;
        Assert.Equal(true, await hub.AskAsync(Rows));
    }

    [Fact]
    public async Task Clock_ThatAgrees_IsLeftAlone()
    {
        await using var hub = await TestHub.StartAsync(new ShiftedTime(TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.Zero, hub.Get<Storage.HubClock>().Offset);
        Assert.DoesNotContain("the database's", hub.Log.Text, StringComparison.Ordinal);
    }
}
