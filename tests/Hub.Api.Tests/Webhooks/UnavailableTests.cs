using Npgsql;

namespace Hub.Api.Tests.Webhooks;

/// <summary>What cannot be kept is never acknowledged.</summary>
public sealed class UnavailableTests : IAsyncLifetime
{
    private TestHub _hub = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartAsync(("Hub:Inbox:MaxWaitingBytes", "1048576"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Inbox_NoRoom_Is503WithRetryAfter()
    {
        var source = await _hub.AddSourceAsync(bodyLimit: 4 << 20);
        using var response = await _hub.PostAsync(source, new byte[3 << 20]);
        await NotKeptAsync(response, "not_kept");
        await _hub.DeliverAsync(source, "{}");
    }

    [Fact]
    public async Task Database_Away_Is503UntilItIsBack()
    {
        var source = await _hub.AddSourceAsync(dedupe: "header:X-Id");
        var workflow = await _hub.AddWorkflowAsync("""[{"id":"a","type":"set"}]""", source);
        await _hub.DeliverAsync(source, "{}");
        var name = new NpgsqlConnectionStringBuilder(_hub.ConnectionString).Database;
        await AdministrateAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await AdministrateAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND backend_type = 'client backend'");
        for (var i = 0; i < 10; i++)
        {
            using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", ("X-Id", $"away-{i}"));
            await NotKeptAsync(response, "not_kept");
            using var list = await _hub.Api.GetAsync("/api/v1/workflows", Cancel);
            await NotKeptAsync(list, "database_unavailable");
        }

        using (var health = await _hub.Web.GetAsync("/health", Cancel))
        {
            Assert.Equal(503, (int)health.StatusCode);
            var view = JsonDocument.Parse(await health.Content.ReadAsStringAsync(Cancel)).RootElement;
            Assert.Equal(("unhealthy", "unhealthy"), (view.Status(), view.GetProperty("database").Status()));
        }

        await AdministrateAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        for (var i = 0; i < 10; i++)
        {
            using var response = await _hub.PostAsync(source, "{}"u8.ToArray(), "", ("X-Id", $"away-{i}"));
            Assert.Equal(202, (int)response.StatusCode);
            var delivery = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("deliveryId").GetGuid();
            Assert.Equal("completed", Assert.Single(await _hub.EndsOfDeliveryAsync(delivery)).Status());
        }

        Assert.Equal(11L, await _hub.AskAsync("SELECT count(*) FROM hub.executions WHERE workflow_id = $1", workflow));
    }

    private static async Task NotKeptAsync(HttpResponseMessage response, string code)
    {
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True((int)response.StatusCode == 503, $"{response.StatusCode}: {text}");
        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("code").GetString());
        Assert.NotNull(response.Headers.RetryAfter);
    }

    private async Task AdministrateAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_hub.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
