namespace Hub.Api.Tests.Health;

/// <summary>A hub that cannot keep what it is sent does not say that it is healthy.</summary>
public sealed class HealthTroubleTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync(("Hub:Intake:AnswerWithin", "00:00:01"), ("Hub:Database:MaxConnections", "12"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Deliveries_LockedWhileNothingComes_AreNoticedByAWriteOfItsOwn()
    {
        await using (await TableLock.TakeAsync(_hub.ConnectionString, "hub.deliveries", Cancel))
        {
            var health = await UntilProblemAsync("database_refuses_writes");
            Assert.Equal("unhealthy", health.GetProperty("database").Status());
        }

        await UntilHealthyAsync();
    }

    [Fact]
    public async Task Deliveries_WaitingForALock_AreNoticed()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.DeliverAsync(source, "{}");
        await using (await TableLock.TakeAsync(_hub.ConnectionString, "hub.deliveries", Cancel))
        {
            using var answer = await _hub.PostAsync(source, "{}"u8.ToArray());
            Assert.Equal(503, (int)answer.StatusCode);
            var health = await UntilProblemAsync("intake_waits");
            Assert.Equal("unhealthy", health.GetProperty("intake").Status());
            Assert.NotEqual(JsonValueKind.Null, health.GetProperty("intake").GetProperty("waitingSince").ValueKind);
        }

        await UntilHealthyAsync();
    }

    [Fact]
    public async Task Deliveries_RefusedByAFullDisk_AreNamedUntilOneIsKept()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AskAsync(Fail("hub.intake_counts"));
        using (var answer = await _hub.PostAsync(source, "{}"u8.ToArray()))
        {
            Assert.Equal(503, (int)answer.StatusCode);
        }

        var health = await UntilProblemAsync("intake_fails");
        Assert.Contains("its disk is full (SQLSTATE 53100)", health.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret_table", health.ToString(), StringComparison.Ordinal);
        await _hub.AskAsync("DROP FUNCTION hub.fail() CASCADE");
        await _hub.DeliverAsync(source, "{}");
        await UntilHealthyAsync();
    }

    [Fact]
    public async Task Deliveries_EachRefusedForItsValue_AreNamedUntilOneIsKept()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AskAsync(Fail("hub.deliveries", "23505"));
        for (var i = 0; i < 10; i++)
        {
            using var answer = await _hub.PostAsync(source, "{}"u8.ToArray());
            Assert.Equal(503, (int)answer.StatusCode);
        }

        var health = await UntilProblemAsync("intake_fails");
        Assert.Contains("(SQLSTATE 23505)", health.ToString(), StringComparison.Ordinal);
        await _hub.AskAsync("DROP FUNCTION hub.fail() CASCADE");
        await _hub.DeliverAsync(source, "{}");
        await UntilHealthyAsync();
    }

    [Fact]
    public async Task Journal_Refused_IsNamedUntilItIsWritten()
    {
        var workflow = await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        await _hub.AskAsync(Fail("hub.execution_steps"));
        var execution = await _hub.ExecuteAsync(workflow);
        var health = await UntilProblemAsync("journal_fails");
        Assert.Equal(("healthy", "unhealthy"), (health.GetProperty("intake").Status(), health.GetProperty("journal").Status()));
        await _hub.AskAsync("DROP FUNCTION hub.fail() CASCADE");
        Assert.Equal("completed", (await _hub.EndOfAsync(execution)).Status());
        await UntilHealthyAsync();
    }

    [Fact]
    public async Task Journal_WaitingForALock_IsNoticedUntilItIsWritten()
    {
        var workflow = await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        Guid execution;
        await using (await TableLock.TakeAsync(_hub.ConnectionString, "hub.execution_steps", Cancel))
        {
            execution = await _hub.ExecuteAsync(workflow);
            var health = await UntilProblemAsync("journal_waits");
            Assert.Equal("unhealthy", health.GetProperty("journal").Status());
            Assert.NotEqual(JsonValueKind.Null, health.GetProperty("journal").GetProperty("waitingSince").ValueKind);
        }

        Assert.Equal("completed", (await _hub.EndOfAsync(execution)).Status());
        await UntilHealthyAsync();
    }

    /// <summary>The callers of the API have all connections that are theirs, and wait for more.</summary>
    [Fact]
    public async Task Api_StuckInTheDatabase_LeavesIntakeAndRunnersTheirConnections()
    {
        var source = await _hub.AddSourceAsync();
        await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        Task<HttpResponseMessage>[] stuck;
        await using (var locked = await TableLock.TakeAsync(_hub.ConnectionString, "hub.credentials", Cancel))
        {
            stuck = [.. Enumerable.Range(0, 20).Select(_ => _hub.Api.GetAsync("/api/v1/credentials", Cancel))];
            await locked.WaitForWaiterAsync(Cancel);
            await _hub.DeliverAsync(source, "{}");
            await UntilAsync(async () => await _hub.AskAsync("SELECT count(*) FROM hub.executions WHERE status = 'completed'") is 1L);
            await UntilHealthyAsync();
            Assert.DoesNotContain(stuck, call => call.IsCompleted);
        }

        foreach (var call in await Task.WhenAll(stuck))
        {
            Assert.Equal(200, (int)call.StatusCode);
            call.Dispose();
        }
    }

    /// <summary>The disk is full for one table, unless another state is given.</summary>
    private static string Fail(string table, string state = "53100") =>
        "CREATE FUNCTION hub.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'could not extend file of secret_table' USING ERRCODE = "
        + $"'{state}'; END $$; "
        + $"CREATE TRIGGER fail BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION hub.fail()";

    private Task<JsonElement> UntilHealthyAsync() => UntilAsync(200, _ => true);

    private Task<JsonElement> UntilProblemAsync(string code) =>
        UntilAsync(503, health => health.GetProperty("problems").EnumerateArray().Any(problem => problem.GetProperty("code").GetString() == code));

    private async Task<JsonElement> UntilAsync(int status, Func<JsonElement, bool> isSo)
    {
        JsonElement last = default;
        await UntilAsync(async () =>
        {
            using var answer = await _hub.Web.GetAsync("/health", Cancel);
            last = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
            return (int)answer.StatusCode == status && isSo(last);
        });
        return last;
    }

    private static async Task UntilAsync(Func<Task<bool>> happened)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(25));
        while (!await happened())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
