using Hub.Operations.Credentials;

namespace Hub.Operations.Tests.Credentials;

public sealed class CredentialOperationTests(HubFixture fixture) : OperationTest(fixture)
{
    private CredentialOperations Credentials => Hub.Get<CredentialOperations>();

    [Fact]
    public async Task Add_NameThatIsTaken_IsAConflict()
    {
        var wanted = new NewCredential("taken", "slack", new Dictionary<string, string> { ["token"] = "xoxb-1" });
        var first = await Credentials.AddAsync(Scope, wanted, Cancel);
        Assert.Equal(("taken", "slack", false), (first.Value.Name, first.Value.Connector, first.Value.Unreadable));
        var second = await Credentials.AddAsync(Scope, wanted, Cancel);
        Assert.Equal((OperationErrorKind.Conflict, "credential_exists"), (second.Error?.Kind, second.Error?.Code));
    }

    [Fact]
    public async Task Add_WithoutAField_NamesThePlaceAndTheRemedy()
    {
        var result = await Credentials.AddAsync(Scope, new NewCredential("bare", "slack", null), Cancel);
        Assert.Equal((OperationErrorKind.Invalid, "credential_invalid", "/fields/token"), (result.Error?.Kind, result.Error?.Code, result.Error?.Pointer));
        Assert.False(string.IsNullOrEmpty(result.Error?.Remedy));
        Assert.Equal(0L, await Hub.AskAsync("SELECT count(*) FROM hub.credentials WHERE name = 'bare'"));
    }

    [Fact]
    public async Task Remove_OneThatAnActiveWorkflowUses_NamesTheUser()
    {
        var added = await Credentials.AddAsync(Scope, new NewCredential("in-use", "slack", new Dictionary<string, string> { ["token"] = "xoxb-1" }), Cancel);
        var workflow = await Hub.SendAsync(
            HttpMethod.Post,
            "/api/v1/workflows",
            """
            {
              "schema": "flowpilot/v1",
              "name": "tells slack",
              "trigger": { "type": "manual" },
              "steps": [{ "id": "tell", "type": "slack.post_message", "credential": "in-use", "with": { "channel": "#a", "text": "b" } }]
            }
            """
        );
        await Hub.SendAsync(HttpMethod.Post, $"/api/v1/workflows/{workflow.GetProperty("id").GetGuid()}/activate");
        var error = await Credentials.RemoveAsync(Scope, added.Value.Id, Cancel);
        Assert.Equal((OperationErrorKind.Conflict, "credential_in_use"), (error?.Kind, error?.Code));
        var user = Assert.Single(Assert.IsAssignableFrom<IEnumerable<CredentialUse>>(error?.More["usedBy"]));
        Assert.Equal(("tells slack", "tell"), (user.Workflow, Assert.Single(user.Steps)));
        Assert.Equal(OperationErrorKind.NotFound, (await Credentials.RemoveAsync(Scope, Guid.CreateVersion7(), Cancel))?.Kind);
    }
}
