using Hub.Analytics.Workflows;
using Hub.Storage;
using Hub.Storage.Embedded;
using Hub.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Analytics.Tests.Workflows;

public sealed class WorkflowStatisticsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Guid _workflow = Guid.CreateVersion7();
    private HubDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await PostgresServer.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _database = new HubDatabase(
            Options.Create(new DatabaseOptions { ConnectionString = connection }),
            Options.Create(new EmbeddedPostgresOptions()),
            NullLogger<HubDatabase>.Instance
        );
        await _database.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Outcomes_OfAMixedSpan_CountEachStateAndItsTimes()
    {
        for (var second = 1; second <= 8; second++)
        {
            await InsertAsync("completed", Start, TimeSpan.FromSeconds(second));
        }

        await InsertAsync("failed", Start, TimeSpan.FromSeconds(100));
        await InsertAsync("failed", Start, TimeSpan.FromSeconds(100));
        await InsertAsync("cancelled", Start, TimeSpan.FromSeconds(100));
        await InsertAsync("running", Start, null);

        var outcomes = Assert.Single(await OutcomesAsync(Start, Start.AddMinutes(1)));

        Assert.Equal(new WorkflowOutcomes(_workflow, null, 12, 8, 2, 1, 1, 0.8, 4, 8), outcomes);
    }

    [Fact]
    public async Task Outcomes_AtTheEdgesOfTheSpan_TakeTheFirstInstantAndLeaveTheLast()
    {
        await InsertAsync("completed", Start.AddMilliseconds(-1), TimeSpan.FromSeconds(1));
        await InsertAsync("completed", Start, TimeSpan.FromSeconds(1));
        await InsertAsync("completed", Start.AddMinutes(1), TimeSpan.FromSeconds(1));

        Assert.Equal(1, Assert.Single(await OutcomesAsync(Start, Start.AddMinutes(1))).Executions);
    }

    [Fact]
    public async Task Outcomes_WithNothingEnded_HaveNoRate()
    {
        await InsertAsync("running", Start, null);

        var outcomes = Assert.Single(await OutcomesAsync(Start, Start.AddMinutes(1)));

        Assert.Null(outcomes.SuccessRate);
        Assert.Null(outcomes.MedianSeconds);
    }

    private Task<IReadOnlyList<WorkflowOutcomes>> OutcomesAsync(DateTimeOffset from, DateTimeOffset to) =>
        new WorkflowStatistics(_database).OutcomesAsync(from, to, TestContext.Current.CancellationToken);

    private async Task InsertAsync(string status, DateTimeOffset createdAt, TimeSpan? took)
    {
        await using var command = _database.DataSource.CreateCommand(
            """
            INSERT INTO hub.executions (id, workflow_id, version, trigger, status, created_at, finished_at, lease_node)
            VALUES ($1, $2, 1, 'manual', $3, $4, $5, $6)
            """
        );
        command.Parameters.AddWithValue(Guid.CreateVersion7(createdAt));
        command.Parameters.AddWithValue(_workflow);
        command.Parameters.AddWithValue(status);
        command.Parameters.AddWithValue(createdAt);
        command.Parameters.AddWithValue(took is null ? DBNull.Value : createdAt + took.Value);
        command.Parameters.AddWithValue(status == "running" ? Guid.CreateVersion7() : DBNull.Value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
