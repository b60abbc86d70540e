using Hub.Engine.Maintenance;
using Hub.Storage.Retention;

namespace Hub.Api.Tests.Sources;

public sealed class DeliveryKeepingTests(HubFixture fixture) : HubTest(fixture)
{
    [Theory]
    [InlineData("jsonpath:$.event.id", """{"event":{"id":17}}""", """{ "event": {"id": 17}, "try": 2 }""", true)]
    [InlineData("jsonpath:$.event.id", """{"event":{"id":"a"}}""", """{"event":{"id":"b"}}""", false)]
    [InlineData("jsonpath:$.event.id", """{"event":null}""", """{"event":null}""", false)]
    [InlineData("jsonpath:$.event.id", "no json", "no json", false)]
    [InlineData("jsonpath:$[0].id", """[{"id":1},{"id":2}]""", """[{"id":1},{"id":3}]""", false)]
    [InlineData("jsonpath:$.events[0]['id']", """{"events":[{"id":1},{"id":2}]}""", """{ "events": [{"id":1},{"id":2}] }""", true)]
    [InlineData("jsonpath:$[-1].id", """[{"id":1},{"id":2}]""", """[{"id":3},{"id":2}]""", false)]
    [InlineData("jsonpath:$[-1].id", """[{"id":1},{"id":2}]""", """[{"id":1,"at":9},{"id":2,"at":9}]""", true)]
    [InlineData("body:/id", """{"id":1}""", """{"id":1,"x":2}""", true)]
    [InlineData("body-hash", """{"id":1}""", """{"id":1}""", true)]
    [InlineData("body-hash", """{"id":1}""", """{"id": 1}""", false)]
    public async Task Dedupe_ByWhatTheSourceSays_KnowsARepetition(string dedupe, string first, string second, bool isRepetition)
    {
        var source = await Hub.AddSourceAsync(dedupe: dedupe);
        var id = await Hub.DeliverAsync(source, first);
        Assert.Equal(isRepetition, id == await Hub.DeliverAsync(source, second));
    }

    [Fact]
    public async Task Dedupe_ByProvider_IsWhatTheProfileSays()
    {
        var created = await CreateAsync(
            """
            {"name":"provided","signature":{"scheme":"standard-webhooks","secrets":["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]},
            "dedupe":"provider","dedupeWindow":"12h"}
            """
        );
        Assert.Equal(("provider", "12h"), (created.GetProperty("dedupe").GetString(), created.GetProperty("dedupeWindow").GetString()));
    }

    [Theory]
    [InlineData("""{"dedupe":"provider"}""", "/dedupe")]
    [InlineData("""{"dedupe":"jsonpath:$..id"}""", "/dedupe")]
    [InlineData("""{"dedupe":"jsonpath:$["}""", "/dedupe")]
    [InlineData("""{"dedupeWindow":"1s"}""", "/dedupeWindow")]
    [InlineData("""{"dedupeWindow":"soon"}""", "/dedupeWindow")]
    [InlineData("""{"retention":{"days":0}}""", "/retention/days")]
    [InlineData("""{"retention":{"megabytes":0}}""", "/retention/megabytes")]
    [InlineData("""{"retention":{"weeks":1}}""", "/retention/weeks")]
    public async Task Create_WhatCannotBe_NamesThePlace(string field, string pointer)
    {
        var problem = await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            $$"""{"name":"x","signature":{"scheme":"none"},{{field[1..]}}""",
            400,
            "source_invalid"
        );
        Assert.Equal(pointer, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Retention_OfTheSource_DropsItsOldDeliveriesAndNobodyElses()
    {
        var created = await CreateAsync("""{"name":"short","signature":{"scheme":"none"},"retention":{"days":2,"megabytes":50}}""");
        Assert.Equal(
            (2, 50),
            (created.GetProperty("retention").GetProperty("days").GetInt32(), created.GetProperty("retention").GetProperty("megabytes").GetInt32())
        );
        var own = new TestSource(created.GetProperty("id").GetGuid(), "short", created.GetProperty("token").GetString()!);
        var common = await Hub.AddSourceAsync();
        await Hub.Get<RetentionCleaner>().RunOnceAsync(cleans: true, Cancel);
        var kept = await Hub.DeliverAsync(own, "{}");
        await AgeAsync(own, await Hub.DeliverAsync(own, "{}"));
        var old = await AgeAsync(common, await Hub.DeliverAsync(common, "{}"));

        await Hub.Get<RetentionCleaner>().RunOnceAsync(cleans: true, Cancel);

        Assert.Equal(kept, await Hub.AskAsync("SELECT id FROM hub.deliveries WHERE source_id = $1", own.Id));
        Assert.Equal(old, await Hub.AskAsync("SELECT id FROM hub.deliveries WHERE source_id = $1", common.Id));
        Assert.Equal(1L, await Hub.AskAsync("SELECT sum(expired)::bigint FROM hub.intake_counts WHERE source_id = $1", own.Id));
    }

    [Fact]
    public async Task Keep_SlicesOfTheQuarantine_DropsThoseThatEverythingLeft()
    {
        var slices = Hub.Get<SliceStore>();
        var hour = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600 * 3600).AddHours(-5);
        await slices.AddAsync(PartitionPolicy.Quarantine, hour, hour.AddHours(1), Cancel);
        await slices.AddAsync(PartitionPolicy.Quarantine, hour.AddHours(1), hour.AddHours(2), Cancel);
        await Hub.AskAsync(
            """
            INSERT INTO hub.quarantine (id, source_id, received_at, method, url, query, headers, verdict, reason, size, body)
            VALUES ($1, $1, now(), 'POST', '', '', '{}', 'missing', '', 2, '{}')
            """,
            Guid.CreateVersion7(hour.AddMinutes(90))
        );

        await Hub.Get<RetentionCleaner>().RunOnceAsync(cleans: false, Cancel);

        var left = await slices.ListAsync(PartitionPolicy.Quarantine, Cancel);
        Assert.Equal(hour.AddHours(1), left[0].From);
        Assert.Contains(left, slice => slice.From <= hour.AddHours(5) && slice.To > hour.AddHours(5));
    }

    [Fact]
    public async Task RetentionPartition_OfADeletedSource_GoesWithItsLastDelivery()
    {
        var created = await CreateAsync("""{"name":"leaving","signature":{"scheme":"none"},"retention":{"days":1}}""");
        var source = new TestSource(created.GetProperty("id").GetGuid(), "leaving", created.GetProperty("token").GetString()!);
        var partition = (int)(await Hub.AskAsync("SELECT retention_partition FROM hub.sources WHERE id = $1", source.Id))!;
        var delivery = await Hub.DeliverAsync(source, "{}");
        await Hub.SendAsync(HttpMethod.Delete, $"/api/v1/sources/{source.Id}");
        await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            """{"name":"leaving","signature":{"scheme":"none"},"retention":{"days":0}}""",
            400,
            "source_invalid"
        );

        await Hub.Get<RetentionCleaner>().RunOnceAsync(cleans: false, Cancel);
        Assert.Equal(true, await Hub.AskAsync("SELECT to_regclass($1) IS NOT NULL", $"hub.deliveries_{partition}"));
        await AgeAsync(source, delivery);
        await Hub.Get<RetentionCleaner>().RunOnceAsync(cleans: false, Cancel);
        Assert.Equal(false, await Hub.AskAsync("SELECT to_regclass($1) IS NOT NULL", $"hub.deliveries_{partition}"));
    }

    [Fact]
    public async Task Create_NameThatIsTaken_LeavesNoShelf()
    {
        await CreateAsync("""{"name":"taken","signature":{"scheme":"none"}}""");
        var before = await Hub.AskAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'hub.deliveries'::regclass");
        await RefusedAsync(
            HttpMethod.Post,
            "/api/v1/sources",
            """{"name":"taken","signature":{"scheme":"none"},"retention":{"days":3}}""",
            409,
            "source_exists"
        );
        Assert.Equal(before, await Hub.AskAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'hub.deliveries'::regclass"));
    }

    /// <summary>Makes a delivery three days old: in a row of its own time.</summary>
    private async Task<Guid> AgeAsync(TestSource source, Guid delivery)
    {
        var then = TimeProvider.System.GetUtcNow().AddDays(-3);
        var id = Guid.CreateVersion7(then);
        await Hub.AskAsync("UPDATE hub.deliveries SET id = $1, received_at = $2 WHERE id = $3 AND source_id = $4", id, then, delivery, source.Id);
        return id;
    }

    private Task<JsonElement> CreateAsync(string json) => Hub.SendAsync(HttpMethod.Post, "/api/v1/sources", json);
}
