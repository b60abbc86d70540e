namespace Hub.Storage.Tests.Plans;

/// <summary>The plans of all statements under every state that statistics can be in while the tables are, in the end, full.</summary>
public sealed class PlanFixture : IAsyncLifetime
{
    public const string Full = "statistics of the full tables";

    private readonly PlanDatabase[] _databases = [new(), new(), new()];

    /// <summary>Full tables with statistics of them.</summary>
    public HubDatabase Database => _databases[0].Database;

    /// <summary>The shape of a statement's plan by state; those over slices have none of empty ones.</summary>
    public IEnumerable<(string State, string Shape)> PlansOf(PlannedStatement statement) => _databases.SelectMany(database => database.PlansOf(statement));

    public async ValueTask InitializeAsync() => await Task.WhenAll(GrownAsync(_databases[0]), EmptyAsync(_databases[1]), YoungAsync(_databases[2]));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
    }

    private static async Task GrownAsync(PlanDatabase database)
    {
        await database.StartAsync();
        await database.PlanAsync("empty tables never analyzed", isFull: false);
        await database.FillAsync(1, PlanData.Many);
        await database.PlanAsync("no statistics");
        await database.RunAsync(
            "CREATE TABLE busy AS SELECT * FROM hub.executions WHERE finished_at IS NULL",
            "DELETE FROM hub.executions WHERE finished_at IS NULL"
        );
        await database.AnalyzeAsync();
        await database.RunAsync("INSERT INTO hub.executions SELECT * FROM busy", "DROP TABLE busy");
        await database.PlanAsync("statistics of a time when nothing was leased or rested");
        await database.AnalyzeAsync();
        await database.PlanAsync(Full);
    }

    private static async Task EmptyAsync(PlanDatabase database)
    {
        await database.StartAsync();
        await database.AnalyzeAsync();
        await database.PlanAsync("empty tables analyzed", isFull: false);
        await database.FillAsync(1, PlanData.Many);
        await database.PlanAsync("statistics of empty tables");
    }

    private static async Task YoungAsync(PlanDatabase database)
    {
        await database.StartAsync();
        await database.FillAsync(1, 300);
        await database.AnalyzeAsync();
        await database.FillAsync(301, PlanData.Many);
        await database.PlanAsync("statistics of the first 300 rows");
    }
}
