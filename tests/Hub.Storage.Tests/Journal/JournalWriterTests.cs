using Hub.Storage.Executions;
using Hub.Storage.Journal;
using Npgsql;

namespace Hub.Storage.Tests.Journal;

public sealed class JournalWriterTests(StorageFixture storage) : StorageTest(storage)
{
    [Fact]
    public async Task Write_Repeated_ChangesNothing()
    {
        var node = Storage.AddNode();
        var id = await ClaimAsync(node);
        var entry = new JournalEntry(
            id,
            1,
            ExecutionStatus.Running,
            null,
            1,
            null,
            [new StepRecord("a", StepStatus.Completed) { Attempts = 2, Output = """{"n":1}""" }]
        );
        Assert.True(await node.Journal.WriteAsync(entry, Cancel));
        var first = await RowsAsync(id);
        Assert.True(await node.Journal.WriteAsync(entry, Cancel));
        Assert.Equal(first, await RowsAsync(id));
    }

    [Fact]
    public async Task Write_OfARest_IsDueWhenTheDatabasesClockSaysSo()
    {
        var node = Storage.AddNode();
        var id = await ClaimAsync(node);
        var rest = TimeSpan.FromMilliseconds(400);
        await node.Journal.WriteAsync(
            new JournalEntry(id, 1, ExecutionStatus.Retrying, rest, 1, null, [new StepRecord("a", StepStatus.Retrying) { WakeIn = rest }]),
            Cancel
        );
        Assert.Empty(await node.Queue.ClaimAsync(10, Cancel));
        await Storage.ExecuteAsync("SELECT pg_sleep_until(wake_at + interval '1 ms') FROM hub.executions WHERE id = $1", id);
        var again = Assert.Single(await node.Queue.ClaimAsync(10, Cancel));
        Assert.True(Assert.Single(again.Steps!).Due);
    }

    [Fact]
    public async Task Write_OneValueTheServerRefuses_FailsOnlyItsOwnEntry()
    {
        var node = Storage.AddNode();
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await ClaimAsync(node));
        }

        var writes = ids.Select(
                (id, i) =>
                    node.Journal.WriteAsync(
                        new JournalEntry(
                            id,
                            1,
                            ExecutionStatus.Completed,
                            null,
                            0,
                            null,
                            [new StepRecord("a", StepStatus.Completed) { Output = i == 7 ? "{not json" : "{}" }]
                        ),
                        Cancel
                    )
            )
            .ToList();
        for (var i = 0; i < writes.Count; i++)
        {
            if (i == 7)
            {
                await Assert.ThrowsAsync<PostgresException>(() => writes[7]);
            }
            else
            {
                Assert.True(await writes[i]);
            }
        }

        Assert.Equal("running", await StatusAsync(ids[7]));
        Assert.Equal("completed", await StatusAsync(ids[6]));
    }

    [Fact]
    public async Task Write_ManyAtOnce_TellsEachItsOwnResult()
    {
        var node = Storage.AddNode();
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await ClaimAsync(node));
        }

        // Every third carries the number of a claim that is not the current one.
        var results = await Task.WhenAll(
            ids.Select((id, i) => node.Journal.WriteAsync(new JournalEntry(id, i % 3 == 0 ? 9 : 1, ExecutionStatus.Completed, null, 0, null, []), Cancel))
        );
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 3 != 0), results);
    }

    private async Task<Guid> ClaimAsync(TestNode node)
    {
        var id = await Storage.AddDueAsync(TimeSpan.FromDays(1));
        Assert.Equal(id, Assert.Single(await node.Queue.ClaimAsync(1, Cancel)).Id);
        return id;
    }

    private async Task<string> RowsAsync(Guid id) =>
        (string)
            (
                await Storage.AskAsync(
                    "SELECT (SELECT string_agg(s::text, ';') FROM hub.execution_steps s WHERE execution_id = $1) || e::text FROM hub.executions e WHERE "
                        + "id = $1",
                    id
                )
            )!;
}
