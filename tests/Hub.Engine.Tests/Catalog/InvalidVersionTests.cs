using Hub.Engine.Catalog;

namespace Hub.Engine.Tests.Catalog;

/// <summary>A published version that a newer hub no longer takes: the delivery is accepted, and its execution says what is wrong.</summary>
public sealed class InvalidVersionTests(HubFixture fixture) : EngineTest(fixture)
{
    [Fact]
    public async Task Version_ThatDoesNotCompile_IsReadOnceAndFailsItsExecutions()
    {
        var source = await Hub.AddSourceAsync();
        var workflow = await Hub.AddWorkflowAsync("""[{ "id": "a", "type": "set" }]""", source);
        await Hub.AskAsync("UPDATE hub.workflow_versions SET definition = '{}' WHERE workflow_id = $1 RETURNING 1", workflow);

        var catalog = Hub.Get<WorkflowCatalog>();
        var found = await catalog.FindPlanAsync(workflow, 1, Cancel);
        Assert.Null(found.Plan);
        Assert.Contains("no longer valid", found.Error, StringComparison.Ordinal);
        Assert.Equal("failed", Assert.Single(await Hub.EndsOfDeliveryAsync(await Hub.DeliverAsync(source, "{}"))).Status());

        await Hub.AskAsync("UPDATE hub.workflow_versions SET definition = '{\"mended\":true}' WHERE workflow_id = $1 RETURNING 1", workflow);
        Assert.Same(found.Error, (await catalog.FindPlanAsync(workflow, 1, Cancel)).Error);
    }
}
