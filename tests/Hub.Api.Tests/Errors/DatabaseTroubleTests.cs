namespace Hub.Api.Tests.Errors;

/// <summary>A database that is away is said to be away; a statement it calls wrong is a bug, and said as one.</summary>
public sealed class DatabaseTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statement_CalledWrong_IsABugAndTheHubGoesOn()
    {
        await using var hub = await TestHub.StartAsync(("Hub:Engine:PollInterval", "00:00:00.1"), ("Hub:Engine:Lease", "00:00:02"));
        var workflow = await hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        await hub.AskAsync("ALTER TABLE hub.executions RENAME TO gone");
        using (var answer = await hub.Api.GetAsync("/api/v1/executions", Cancel))
        {
            Assert.Equal(500, (int)answer.StatusCode);
            Assert.Contains("internal_error", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        await LoggedAsync(hub, "Error: A GET request met an unexpected error");
        await LoggedAsync(hub, "Error: Due executions could not be claimed");
        await LoggedAsync(hub, "Error: Renewing the lease or looking for executions to be freed met an error of the hub itself");
        await hub.AskAsync("ALTER TABLE hub.gone RENAME TO executions");
        Assert.Equal("completed", (await hub.EndOfAsync(await hub.ExecuteAsync(workflow))).Status());

        // An execution that cannot be run for that reason is not given up: it runs once the schema is mended.
        var other = await hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""");
        await hub.AskAsync("ALTER TABLE hub.workflow_versions RENAME TO gone");
        var execution = await hub.ExecuteAsync(other);
        await LoggedAsync(hub, $"Error: Execution {execution} could not be run; it will be given back");
        await hub.AskAsync("ALTER TABLE hub.gone RENAME TO workflow_versions");
        Assert.Equal("completed", (await hub.EndOfAsync(execution)).Status());
    }

    [Fact]
    public async Task Line_GoneDead_IsToldByHealthInTimeAndOnceByTheLog()
    {
        await using var line = new PostgresLine(await PostgresServer.CreateDatabaseAsync(Cancel));
        await using var hub = await TestHub.StartAsync(("ConnectionStrings:Hub", line.ConnectionString));
        line.GoDead();
        var since = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await hub.Web.GetAsync("/health", Cancel);
            Assert.Equal(503, (int)answer.StatusCode);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        line.Restore();
        using var healthy = await hub.Web.GetAsync("/health", Cancel);
        Assert.Equal(200, (int)healthy.StatusCode);
    }

    [Fact]
    public async Task Notices_ConnectionRefusedAgainAndAgain_AreMissedOnceAndHeardAgainOnce()
    {
        await using var hub = await TestHub.StartAsync();
        var name = new Npgsql.NpgsqlConnectionStringBuilder(hub.ConnectionString).Database;
        await AdministrateAsync(hub, $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        for (var i = 0; i < 3; i++)
        {
            await AdministrateAsync(
                hub,
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend'"
            );
            using var health = await hub.Web.GetAsync("/health", Cancel);
            await LoggedAsync(hub, "Warning: Notices from other nodes are not heard");
        }

        await AdministrateAsync(hub, $"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        await LoggedAsync(hub, "Information: Notices from other nodes are heard again");
        Assert.Single(hub.Log.Text.Split('\n'), line => line.StartsWith("Warning: Notices from other nodes are not heard", StringComparison.Ordinal));
    }

    private static async Task LoggedAsync(TestHub hub, string start)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!hub.Log.Text.Contains(start, StringComparison.Ordinal))
        {
            // The log signals nothing.
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task AdministrateAsync(TestHub hub, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(
            new Npgsql.NpgsqlConnectionStringBuilder(hub.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
