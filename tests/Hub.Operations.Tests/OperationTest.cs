using Hub.Storage;

namespace Hub.Operations.Tests;

/// <summary>Operations as a running hub has them, asked without a request.</summary>
public abstract class OperationTest(HubFixture fixture) : IClassFixture<HubFixture>
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static WorkspaceScope Scope => WorkspaceScope.Default;

    protected TestHub Hub => fixture.Hub;
}
