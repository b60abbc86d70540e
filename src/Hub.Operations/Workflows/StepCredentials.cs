using Hub.Connectors;
using Hub.Connectors.Contract;
using Hub.Connectors.Http;
using Hub.Engine.Catalog;
using Hub.Engine.Credentials;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows;
using Hub.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hub.Operations.Workflows;

/// <summary>Holds the steps of a workflow against the credentials that there are.</summary>
public sealed class StepCredentials(CredentialStore store, ConnectorRegistry connectors, StepCatalog steps)
{
    /// <summary>
    /// Every step whose credential does not exist, could be sent to a host that somebody outside chooses, or could never be sent to the host that the
    /// step calls.
    /// </summary>
    public async Task<IReadOnlyList<CredentialError>> CheckAsync(HubDbContext context, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var errors = new List<CredentialError>();
        for (var i = 0; i < definition.Steps.Count; i++)
        {
            var step = definition.Steps[i];
            if (
                step.Credential is { } name
                && steps.Find(step.Type) is { } type
                && await ErrorOfAsync(context, i, step, type, name, definition.Vars, cancellationToken) is { } error
            )
            {
                errors.Add(error);
            }
        }

        return errors;
    }

    private async Task<CredentialError?> ErrorOfAsync(
        HubDbContext context,
        int index,
        StepDefinition step,
        StepTypeDescription type,
        string name,
        System.Text.Json.JsonElement vars,
        CancellationToken cancellationToken
    )
    {
        var found = await store.FindAsync(name, step.Type, cancellationToken);
        if (found.IsFound)
        {
            return HostsField(step.Type) is { } field
                ? HostErrorOf(index, step, name, WrittenHosts.Of(step.With, type, vars), found.Credential.Fields.GetValueOrDefault(field.Name))
                : null;
        }

        return found.IsMissing ? await MissingAsync(context, index, step, name, cancellationToken) : null;
    }

    private async Task<CredentialError> MissingAsync(HubDbContext context, int index, StepDefinition step, string name, CancellationToken cancellationToken)
    {
        var connector = step.Type.Split('.')[0];
        var names = await context
            .Credentials.Where(credential => credential.Connector == connector)
            .OrderBy(credential => credential.Name)
            .Select(credential => credential.Name)
            .ToListAsync(cancellationToken);
        var make = $"Make it with POST /api/v1/credentials {{ \"name\": \"{name}\", \"connector\": \"{connector}\", \"fields\": {{ ... }} }}";
        return new CredentialError(
            index,
            ErrorCodes.CredentialMissing,
            $"The step '{step.Id}' names the credential '{name}', and there is none of that name for {connector}.",
            names.Count == 0 ? make + "." : $"{NearestName.Advise(name, names)} Or: {make}.",
            IsMissing: true
        );
    }

    private FieldSpec? HostsField(string stepType) =>
        connectors.TryFindConnector(stepType, out var connector)
            ? connector.Manifest.CredentialFields.FirstOrDefault(field => field.Type == FieldType.Hosts)
            : null;

    private static CredentialError? HostErrorOf(int index, StepDefinition step, string credential, IReadOnlyList<Uri>? written, string? hosts)
    {
        if (string.IsNullOrEmpty(hosts) || !HostList.TryParse(hosts, out var allowed, out _))
        {
            return written is not null
                ? null
                : new CredentialError(
                    index,
                    "credential_host_open",
                    $"The step '{step.Id}' makes the host of its address from values, and the credential '{credential}' names no hosts: it could be sent "
                        + "anywhere.",
                    "Give the credential its 'hosts' (PUT /api/v1/credentials/{id}), such as \"api.example.com, *.example.org\", or write out the host "
                        + "in the step."
                );
        }

        return written?.FirstOrDefault(url => !allowed.Allows(url)) is { } refused
            ? new CredentialError(
                index,
                "credential_host_refused",
                $"The step '{step.Id}' calls {refused.Host}, and the credential '{credential}' may be sent to {allowed} only.",
                "Correct the address, or the credential's 'hosts' (PUT /api/v1/credentials/{id})."
            )
            : null;
    }
}
