using Hub.Api.Errors;
using Hub.Connectors;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Engine.Catalog;
using Hub.Engine.Credentials;
using Hub.Routing.Workflows;

namespace Hub.Api.Workflows;

/// <summary>Holds the steps of a workflow against the credentials that they name.</summary>
internal sealed class StepCredentials(CredentialStore store, ConnectorRegistry connectors, StepCatalog steps)
{
    /// <summary>Every step whose credential could be sent to a host that somebody outside chooses, or could never be sent to the host that the step calls.</summary>
    public async Task<List<FieldFault>> CheckAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        for (var i = 0; i < definition.Steps.Count; i++)
        {
            var step = definition.Steps[i];
            if (step.Credential is { } name && steps.Find(step.Type) is { } type && HostsField(step.Type) is { } field
                && await store.FindAsync(name, step.Type, cancellationToken) is { IsFound: true, Credential: var credential }
                && FaultOf(step, name, WrittenHosts.Of(step.With, type, definition.Vars), credential.Fields.GetValueOrDefault(field.Name)) is { } fault)
            {
                faults.Add(fault with { Pointer = $"/steps/{i}/credential" });
            }
        }

        return faults;
    }

    private FieldSpec? HostsField(string stepType) =>
        connectors.TryFindConnector(stepType, out var connector) ? connector.Manifest.CredentialFields.FirstOrDefault(field => field.Type == FieldType.Hosts) : null;

    private static FieldFault? FaultOf(StepDefinition step, string credential, IReadOnlyList<Uri>? written, string? hosts)
    {
        if (string.IsNullOrEmpty(hosts) || !HostList.TryParse(hosts, out var allowed, out _))
        {
            return written is not null
                ? null
                : new FieldFault(
                    "",
                    "credential_host_open",
                    $"The step '{step.Id}' makes the host of its address from values, and the credential '{credential}' names no hosts: it could be sent anywhere.",
                    "Give the credential its 'hosts' (PUT /api/v1/credentials/{id}), such as \"api.example.com, *.example.org\", or write out the host in the step.");
        }

        return written?.FirstOrDefault(url => !allowed.Allows(url)) is { } refused
            ? new FieldFault(
                "",
                "credential_host_refused",
                $"The step '{step.Id}' calls {refused.Host}, and the credential '{credential}' may be sent to {allowed} only.",
                "Correct the address, or the credential's 'hosts' (PUT /api/v1/credentials/{id}).")
            : null;
    }
}
