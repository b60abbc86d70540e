namespace Hub.Storage.Tests;

/// <summary>What tests against a migrated database have in common.</summary>
public abstract class StorageTest(StorageFixture storage) : IClassFixture<StorageFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected StorageFixture Storage => storage;

    protected async Task<string> StatusAsync(Guid execution) => (string)(await Storage.AskAsync("SELECT status FROM hub.executions WHERE id = $1", execution))!;
}
