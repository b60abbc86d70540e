using System.Text;
using Hub.Storage.Deliveries;
using Hub.Storage.Inbox;

namespace Hub.Storage.Tests.Deliveries;

public sealed class DeliverySearchTests(StorageFixture storage) : StorageTest(storage)
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 3600);

    private readonly TestNode _node = storage.AddNode();
    private readonly DeliverySearch _search = new(storage.Database, TimeProvider.System);
    private readonly Guid _source = Guid.CreateVersion7();

    [Fact]
    public async Task Find_PageByPage_GivesEveryRequestOnceTheNewestFirst()
    {
        for (var i = 0; i < 25; i++)
        {
            await DeliverAsync(i, key: $"key-{i / 2}");
        }

        var found = new List<DeliveryRow>();
        var query = new DeliveryQuery { Sources = [_source] };
        for (Guid? next = null; found.Count == 0 || next is not null; )
        {
            var page = await _search.FindAsync(query with { Before = next }, 4, Cancel);
            Assert.InRange(page.Rows.Count, 1, 4);
            found.AddRange(page.Rows);
            next = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => Start.AddSeconds(i)), found.Select(row => row.ReceivedAt));
        Assert.Equal(12, found.Count(row => row.Verdict == "duplicate"));
        Assert.All(found.Where(row => row.Verdict == "duplicate"), row =>
            Assert.Contains(found, first => first.Id == row.FirstId && first.Verdict == "accepted")
        );
    }

    [Fact]
    public async Task Find_ByWhatOnlyTheRowsTell_FindsIt()
    {
        await DeliverAsync(1, body: """{"title":"Größe"}""", type: "issue.opened", key: "a");
        await DeliverAsync(2, body: """{"title":"Grosse"}""", type: "issue.closed", key: "b");
        await DeliverAsync(3, body: "größe");
        Assert.Equal("1", await SecondsAsync(new() { Text = "Größe" }));
        Assert.Equal("2", await SecondsAsync(new() { EventType = "issue.closed" }));
        Assert.Equal("1", await SecondsAsync(new() { Key = "a" }));
        Assert.Equal("", await SecondsAsync(new() { Key = "a", Text = "Grosse" }));
        Assert.Equal("3 2", await SecondsAsync(new() { From = Start.AddSeconds(2) }));
        Assert.Equal("1", await SecondsAsync(new() { To = Start.AddSeconds(2) }));
        Assert.Equal("", await SecondsAsync(new() { Verdicts = DeliveryVerdicts.Quarantined }));
    }

    [Fact]
    public async Task Find_RareTextAmongMany_IsFoundRunByRun()
    {
        await Storage.ExecuteAsync(
            """
            INSERT INTO hub.deliveries (retention_partition, id, source_id, received_at, method, query, headers, executions, body)
            SELECT 0, (lpad(to_hex(($2 + n)::bigint), 12, '0') || '70008000000000000000')::uuid, $1, to_timestamp(($2 + n) / 1000.0), 'POST', '', '{}', 0,
                   CASE WHEN n = 17 THEN 'the needle'::bytea ELSE 'hay'::bytea END
            FROM generate_series(1, 12000) n
            """,
            _source,
            Start.ToUnixTimeMilliseconds()
        );
        var page = await _search.FindAsync(new DeliveryQuery { Sources = [_source], Text = "needle" }, 10, Cancel);
        Assert.Equal(Start.AddMilliseconds(17), Assert.Single(page.Rows).ReceivedAt);
        Assert.Null(page.Next);
    }

    private async Task<string> SecondsAsync(DeliveryQuery query) =>
        string.Join(
            ' ',
            (await _search.FindAsync(query with { Sources = [_source] }, 50, Cancel)).Rows.Select(row => (int)(row.ReceivedAt - Start).TotalSeconds)
        );

    private async Task DeliverAsync(int second, string body = "{}", string? type = null, string? key = null)
    {
        var at = Start.AddSeconds(second);
        await _node.Inbox.WriteAsync(
            new InboxEntry(
                new Delivery
                {
                    Id = Guid.CreateVersion7(at),
                    SourceId = _source,
                    ReceivedAt = at,
                    Method = "POST",
                    Query = "",
                    Headers = "{}",
                    DedupeKey = key,
                    EventType = type,
                    Body = Encoding.UTF8.GetBytes(body),
                },
                []
            )
        );
    }
}
