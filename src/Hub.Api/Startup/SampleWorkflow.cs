using System.Security.Cryptography;
using System.Text;
using Hub.Operations.Sources;
using Hub.Operations.Workflows;
using Hub.Storage;
using Npgsql;

namespace Hub.Api.Startup;

/// <summary>At the first start: a Source and an active workflow to try, so that a new user sees something work at once.</summary>
internal sealed class SampleWorkflow(SourceOperations sources, WorkflowOperations workflows, HubDatabase database)
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

        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        var wanted = new NewSource(Name, new NewSignature(Scheme, [secret]), null, null);
        var added = await sources.AddAsync(WorkspaceScope.Default, wanted, new WebhookOrigin(address, IsConfigured: false), cancellationToken);
        if (!added.Succeeded(out var source, out _))
        {
            return null;
        }

        var stored = await workflows.AddAsync(WorkspaceScope.Default, Encoding.UTF8.GetBytes(Document), cancellationToken);
        if (stored.Succeeded(out var workflow, out _))
        {
            await workflows.ActivateAsync(WorkspaceScope.Default, workflow.Id, cancellationToken);
        }

        await RememberAsync(cancellationToken);
        return Curl(source.Url!, secret);
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
