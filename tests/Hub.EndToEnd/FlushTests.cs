using System.Net;
using System.Text;
using Npgsql;

namespace Hub.EndToEnd;

/// <summary>
/// Acknowledged means flushed: PostgreSQL's log is on the disk before the 202 leaves. Seen in two ways: by the server's system calls, where strace may
/// attach, and by how far the server says that its log is flushed.
/// </summary>
public sealed class FlushTests(ITestOutputHelper output)
{
    private const int Webhooks = 100;
    private const int FirstOnes = 10;
    private const string Secret = "flush-test-secret";

    [Fact]
    public async Task EveryAcknowledgement_OneAfterAnother_LeavesAfterAFlushOfTheLog()
    {
        await using var hub = new HubProcess();
        var sent = await SendAsync(hub);
        Assert.All(sent.Webhooks, webhook => Assert.True(webhook.LogFlushed > webhook.LogBefore, $"at its 202 nothing new of the log was flushed: {webhook}"));
        if (sent.Flushes is { } flushes)
        {
            Assert.All(sent.Webhooks, webhook =>
                Assert.True(webhook.SawOneOf(flushes), $"between request and 202 no flush of the log was completed: {webhook}")
            );
        }
    }

    /// <summary>The other way round, so that the test above is known to see the difference.</summary>
    [Fact]
    public async Task Acknowledgements_ServerDoesNotFlush_LeaveWithoutOne()
    {
        await using var hub = new HubProcess(("Hub__Embedded__Settings__synchronous_commit", "off"), ("Hub__Embedded__Settings__wal_writer_delay", "10s"));
        var sent = await SendAsync(hub);
        Assert.Contains("synchronous_commit=off", hub.Output, StringComparison.Ordinal);
        Assert.InRange(sent.Webhooks.Count(webhook => webhook.LogFlushed > webhook.LogBefore), 0, Webhooks / 4);
        if (sent.Flushes is { } flushes)
        {
            Assert.InRange(sent.Webhooks.Count(webhook => webhook.SawOneOf(flushes)), 0, Webhooks / 4);
        }
    }

    private async Task<(IReadOnlyList<SentWebhook> Webhooks, IReadOnlyList<Flush>? Flushes)> SendAsync(HubProcess hub)
    {
        await hub.StartAsync();
        var source = await hub.AddSourceAsync("flush", Secret);
        using var client = new HttpClient();
        await using var database = new NpgsqlConnection(hub.DatabaseConnectionString);
        await database.OpenAsync(TestContext.Current.CancellationToken);

        // The hub opens its connections, and what the first requests bring about is over.
        for (var first = 0; first < FirstOnes; first++)
        {
            await SendOneAsync(client, source, database);
        }

        Assert.True(hub.TryFindPostmaster(out var postmaster));
        var (trace, reason) = await FlushTrace.TryAttachAsync(postmaster);
        var webhooks = new List<SentWebhook>();
        await using (trace)
        {
            for (var number = 0; number < Webhooks; number++)
            {
                webhooks.Add(await SendOneAsync(client, source, database));
            }

            if (trace is null)
            {
                TestContext.Current.AddWarning($"{reason}: only the server itself was asked how far its log is flushed.");
                return (webhooks, null);
            }

            var flushes = await trace.StopAsync();
            output.WriteLine($"{flushes.Count} flushes of the log, and {webhooks.Count(webhook => webhook.SawOneOf(flushes))} of {Webhooks} webhooks saw one");
            return (webhooks, flushes);
        }
    }

    private static async Task<SentWebhook> SendOneAsync(HttpClient client, TestSource source, NpgsqlConnection database)
    {
        using var request = SignedWebhook.Of(source.Url, Secret, Encoding.UTF8.GetBytes("{}"));
        var before = await AskAsync(database, "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
        var sentAt = Now();
        using var response = await client.SendAsync(request);
        var answeredAt = Now();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return new SentWebhook(sentAt, answeredAt, before, await AskAsync(database, "SELECT (pg_current_wal_flush_lsn() - '0/0')::bigint"));
    }

    private static async Task<long> AskAsync(NpgsqlConnection database, string sql)
    {
        await using var command = new NpgsqlCommand(sql, database);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static long Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A webhook that was acknowledged.</summary>
    /// <param name="SentAt">In microseconds since 1970.</param>
    /// <param name="AnsweredAt">In microseconds since 1970.</param>
    /// <param name="LogBefore">How far the log was written before it: its own commit lies beyond.</param>
    /// <param name="LogFlushed">How far the log was flushed after its answer.</param>
    private sealed record SentWebhook(long SentAt, long AnsweredAt, long LogBefore, long LogFlushed)
    {
        public bool SawOneOf(IReadOnlyList<Flush> flushes) => flushes.Any(flush => flush.Begin >= SentAt && flush.End <= AnsweredAt);
    }
}
