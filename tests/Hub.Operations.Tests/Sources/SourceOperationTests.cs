using Hub.Operations.Sources;

namespace Hub.Operations.Tests.Sources;

public sealed class SourceOperationTests(HubFixture fixture) : OperationTest(fixture)
{
    private static readonly WebhookOrigin Hooks = new("https://hooks.example.com", IsConfigured: true);

    private SourceOperations Sources => Hub.Get<SourceOperations>();

    [Fact]
    public async Task Add_Source_HasAnAddressBelowTheOriginGiven()
    {
        var source = (await Sources.AddAsync(Scope, Plain("addressed"), Hooks, Cancel)).Value;
        Assert.Equal($"https://hooks.example.com/webhooks/incoming/{source.Token}", source.Url);
        var found = (await Sources.FindAsync(Scope, source.Id, Hooks, Cancel)).Value;
        Assert.Equal((source.Id, source.Token), (found.Id, found.Token));
    }

    [Fact]
    public async Task Add_SeveralErrors_TellsAllAndTheFirstOnTop()
    {
        var error = (await Sources.AddAsync(Scope, new NewSource(" ", null, null, BodyLimit: 0), Hooks, Cancel)).Error;
        Assert.Equal((OperationErrorKind.Invalid, "source_invalid", "/name"), (error?.Kind, error?.Code, error?.Pointer));
        Assert.Equal(["/name", "/bodyLimit", "/signature/scheme"], error?.Errors?.Select(error => error.Pointer));
    }

    [Fact]
    public async Task Change_NameOfAnother_IsAConflictAndChangesNothing()
    {
        await Sources.AddAsync(Scope, Plain("first"), Hooks, Cancel);
        var second = (await Sources.AddAsync(Scope, Plain("second"), Hooks, Cancel)).Value;
        var error = (await Sources.ChangeAsync(Scope, second.Id, Plain("first"), Hooks, Cancel)).Error;
        Assert.Equal((OperationErrorKind.Conflict, "source_exists"), (error?.Kind, error?.Code));
        Assert.Equal("second", (await Sources.FindAsync(Scope, second.Id, Hooks, Cancel)).Value.Name);
    }

    [Fact]
    public async Task Remove_Source_IsGoneForTheNextOne()
    {
        var source = (await Sources.AddAsync(Scope, Plain("short-lived"), Hooks, Cancel)).Value;
        Assert.Null(await Sources.RemoveAsync(Scope, source.Id, Cancel));
        Assert.Equal(OperationErrorKind.NotFound, (await Sources.RemoveAsync(Scope, source.Id, Cancel))?.Kind);
        Assert.Equal(OperationErrorKind.NotFound, (await Sources.FindAsync(Scope, source.Id, Hooks, Cancel)).Error?.Kind);
    }

    private static NewSource Plain(string name) => new(name, new NewSignature("none", null), null, null);
}
