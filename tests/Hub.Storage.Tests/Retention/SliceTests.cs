using Hub.Storage.Inbox;
using Hub.Storage.Retention;

namespace Hub.Storage.Tests.Retention;

public sealed class SliceTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestNode _node = storage.AddNode();
    private readonly SliceStore _slices = new(storage.Database, storage.AddNode().Node);

    [Fact]
    public async Task Add_RowsThatCameBeforeTheirSlice_AreMovedIntoIt()
    {
        var (partition, from) = await NewPartitionAsync();
        var source = Guid.CreateVersion7();
        var kept = await DeliverAsync(partition, source, from + (Hour / 2));
        Assert.Equal($"hub.{partition.Parent}_rest", await TableOfAsync(kept));

        await _slices.AddAsync(partition.Parent, from, from + Hour, Cancel);

        var slice = Assert.Single(await _slices.ListAsync(partition.Parent, Cancel));
        Assert.Equal($"hub.{slice.Name}", await TableOfAsync(kept));
        Assert.Equal($"hub.{slice.Name}", await TableOfAsync(await DeliverAsync(partition, source, from)));
        Assert.Equal($"hub.{partition.Parent}_rest", await TableOfAsync(await DeliverAsync(partition, source, from + Hour)));
    }

    [Fact]
    public async Task Drop_FinishedWork_GoesWithItsTableAndIsCountedAsExpired()
    {
        var (partition, from) = await NewPartitionAsync();
        await _slices.AddAsync(partition.Parent, from, from + Hour, Cancel);
        var source = Guid.CreateVersion7();
        await DeliverAsync(partition, source, from);
        await DeliverAsync(partition, source, from + (Hour / 2));
        var slice = Assert.Single(await _slices.ListAsync(partition.Parent, Cancel));
        Assert.True(slice.Bytes > 0);

        Assert.Equal(0, await _slices.DropAsync(partition, slice, Cancel));

        Assert.Empty(await _slices.ListAsync(partition.Parent, Cancel));
        Assert.Equal(
            "accepted 2 expired 2",
            await Storage.AskAsync("SELECT format('accepted %s expired %s', sum(accepted), sum(expired)) FROM hub.intake_counts WHERE source_id = $1", source)
        );
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source));
    }

    [Theory]
    [InlineData("UPDATE hub.executions SET status = 'waiting', wake_at = now() + interval '90 days' WHERE delivery_id = $1")]
    [InlineData("UPDATE hub.executions SET status = 'running', wake_at = NULL, lease_node = $1 WHERE delivery_id = $1")]
    [InlineData(
        """
            WITH failed AS (UPDATE hub.executions SET status = 'failed', wake_at = NULL, finished_at = now() WHERE delivery_id = $1 RETURNING *)
            INSERT INTO hub.dead_letters (id, execution_id, workflow_id, version, delivery_id, status, error, error_history, context, created_at)
            SELECT $1, id, workflow_id, 1, $1, 'open', '{}', '[]', '{}', now() FROM failed
            """
    )]
    public async Task Drop_DeliveryThatIsStillNeeded_StaysUntilItIsNot(string makeNeeded)
    {
        var (partition, from) = await NewPartitionAsync();
        await _slices.AddAsync(partition.Parent, from, from + Hour, Cancel);
        var source = Guid.CreateVersion7();
        var needed = await DeliverAsync(partition, source, from, starts: true);
        await DeliverAsync(partition, source, from);
        await Storage.ExecuteAsync(makeNeeded, needed);

        Assert.Equal(1, await _slices.DropAsync(partition, Assert.Single(await _slices.ListAsync(partition.Parent, Cancel)), Cancel));
        await _slices.ExpireRestAsync(partition, from + Hour, Cancel);
        Assert.Equal(needed, await Storage.AskAsync("SELECT id FROM hub.deliveries WHERE source_id = $1", source));

        await Storage.ExecuteAsync(
            "UPDATE hub.executions SET status = 'completed', wake_at = NULL, lease_node = NULL, finished_at = now() WHERE delivery_id = $1",
            needed
        );
        await Storage.ExecuteAsync("UPDATE hub.dead_letters SET status = 'replayed' WHERE delivery_id = $1", needed);
        await _slices.ExpireRestAsync(partition, from + Hour, Cancel);
        Assert.Equal(
            "accepted 2 expired 2",
            await Storage.AskAsync("SELECT format('accepted %s expired %s', sum(accepted), sum(expired)) FROM hub.intake_counts WHERE source_id = $1", source)
        );
        Assert.Equal(0L, await Storage.AskAsync("SELECT count(*) FROM hub.deliveries WHERE source_id = $1", source));
    }

    [Fact]
    public async Task ExpireRest_OldRowsOutsideSlices_GoAndAreCounted()
    {
        var (partition, from) = await NewPartitionAsync();
        var source = Guid.CreateVersion7();
        await DeliverAsync(partition, source, from);
        var young = await DeliverAsync(partition, source, from + (Hour * 2));

        await _slices.ExpireRestAsync(partition, from + Hour, Cancel);

        Assert.Equal(young, await Storage.AskAsync("SELECT id FROM hub.deliveries WHERE source_id = $1", source));
        Assert.Equal(1L, await Storage.AskAsync("SELECT sum(expired)::bigint FROM hub.intake_counts WHERE source_id = $1", source));
    }

    [Fact]
    public async Task Forget_KeysWhoseWindowHasPassed_GoAndTheOthersStay()
    {
        var source = Guid.CreateVersion7();
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.delivery_keys (source_id, key, delivery_id, expires_at)
            SELECT $1, 'key-' || n, $1, now() + make_interval(secs => CASE WHEN n <= 25000 THEN -1 ELSE 3600 END) FROM generate_series(1, 25010) n
            """,
            source
        );
        await _slices.ForgetKeysAsync(Cancel);
        Assert.Equal(10L, await Storage.AskAsync("SELECT count(*) FROM hub.delivery_keys WHERE source_id = $1", source));
    }

    [Theory]
    [InlineData(30, null, 0, 24)]
    [InlineData(3, null, 0, 4)]
    [InlineData(1, null, 0, 1)]
    [InlineData(30, 1000L, 10, 10)]
    [InlineData(30, 1000L, 1_000_000, 1)]
    public void SliceLength_FollowsAgeAndBytes(int days, long? bytes, double bytesPerHour, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), new PartitionPolicy("deliveries_0", TimeSpan.FromDays(days), bytes).SliceLength(bytesPerHour));

    private async Task<(PartitionPolicy RetentionPartition, DateTimeOffset From)> NewPartitionAsync()
    {
        await using var connection = await Storage.Database.DataSource.OpenConnectionAsync(Cancel);
        var number = await SliceStore.AddPartitionAsync(connection, Cancel);
        return (new PartitionPolicy(PartitionPolicy.ParentOf(number), TimeSpan.FromDays(1), null), new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
    }

    private async Task<Guid> DeliverAsync(PartitionPolicy partition, Guid source, DateTimeOffset at, bool starts = false)
    {
        var delivery = new Delivery
        {
            RetentionPartition = int.Parse(partition.Parent.Split('_')[1]),
            Id = Guid.CreateVersion7(at),
            SourceId = source,
            ReceivedAt = at,
            Method = "POST",
            Query = "",
            Headers = "{}",
            Body = [1],
        };
        var newExecutions = starts
            ? new[] { new NewExecution(Guid.CreateVersion7(at), Guid.CreateVersion7(), 1, "webhook", delivery.Id, null, null, at, Leased: false) }
            : [];
        Assert.Equal(InboxVerdict.Kept, (await _node.Inbox.WriteAsync(new InboxEntry(delivery, newExecutions))).Verdict);
        return delivery.Id;
    }

    private Task<object?> TableOfAsync(Guid delivery) => Storage.AskAsync("SELECT tableoid::regclass::text FROM hub.deliveries WHERE id = $1", delivery);
}
