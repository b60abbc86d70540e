using System.Security.Cryptography;
using System.Text;
using Hub.Api.Sources;
using Hub.Api.Workflows;
using Hub.Engine.Intake;
using Hub.Storage;
using Hub.Storage.Workflows;
using Npgsql;

namespace Hub.Api.Startup;

/// <summary>At the first start: a Source and an active workflow to try, so that a new user sees something work at once.</summary>
internal sealed class SampleWorkflow(IServiceScopeFactory scopes, HubDatabase database)
{
    private const string SettingKey = "sample_token";
    private const string Name = "sample";
    private const string Scheme = "github";
    private const string Body = """{"title":"Disk almost full","priority":"High","detail":"92 % used on db-1"}""";

    private const string Document = """
        {
          "schema": "flowpilot/v1",
          "name": "Sample: triage an alert",
          "trigger": { "type": "webhook", "source": "sample" },
          "steps": [
            { "id": "urgent", "type": "if",
              "when": { "path": "$.trigger.body.priority", "op": "equals", "value": "High" } },
            { "id": "alert", "type": "set", "after": ["urgent.true"],
              "with": { "text": "{{ trigger.body.title }}: {{ trigger.body.detail }}", "priority": "{{ trigger.body.priority }}" } },
            { "id": "say", "type": "log", "after": ["alert"],
              "with": { "message": "ALERT {{ steps.alert.output.text }}", "level": "warning" } },
            { "id": "note", "type": "log", "after": ["urgent.false"],
              "with": { "message": "Noted: {{ trigger.body.title }}" } }
          ]
        }
        """;

    /// <summary>
    /// Makes the sample unless this database has had one. Then, and only then, a signed request to paste into a terminal is given: who reads what a later
    /// start prints must not be able to send.
    /// </summary>
    public async Task<string?> EnsureAsync(string address, CancellationToken cancellationToken)
    {
        if (await IsMadeAsync(cancellationToken))
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var registrar = scope.ServiceProvider.GetRequiredService<SourceRegistrar>();
        var source = await registrar.AddAsync(new NewSource(Name, new NewSignature(Scheme, [secret]), null, null), cancellationToken);
        if (source is null)
        {
            return null;
        }

        var workflows = scope.ServiceProvider.GetRequiredService<WorkflowOperations>();
        var (document, _) = await workflows.CheckAsync(Encoding.UTF8.GetBytes(Document), cancellationToken);
        if (await workflows.AddAsync(document!, cancellationToken) is { Workflow: { } workflow })
        {
            await workflows.SetStatusAsync(workflow.Id, WorkflowStatus.Active, cancellationToken);
        }

        await RememberAsync(cancellationToken);
        var addresses = scope.ServiceProvider.GetRequiredService<StoredAddresses>();
        return Curl(IncomingAddress.Of(address, addresses.TokenOf((await addresses.RowsOfAsync([source.Id], cancellationToken))[source.Id])!), secret);
    }

    /// <summary>Asked at every start, so without the model of the database, which takes time to build.</summary>
    private async Task<bool> IsMadeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.ApiSource.CreateCommand("SELECT EXISTS (SELECT FROM hub.settings WHERE key = $1)");
        command.Parameters.Add(new NpgsqlParameter { Value = SettingKey });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        await using var command = database.ApiSource.CreateCommand("INSERT INTO hub.settings (key, value) VALUES ($1, 'made') ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter { Value = SettingKey });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Curl(string url, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Body)));
        return $"""
            curl -i {url} \
              -H 'Content-Type: application/json' \
              -H 'X-Hub-Signature-256: sha256={signature}' \
              -d '{Body}'
            """;
    }
}
