using Hub.Connectors;
using Hub.Connectors.Http;
using Hub.Fields;
using Hub.Storage.Credentials;

namespace Hub.Operations.Credentials;

/// <summary>What a new or changed credential must fulfil.</summary>
internal static class CredentialRules
{
    private const int LongestName = 100;

    public static List<FieldError> Check(ChangedCredential change, Credential kept, ConnectorRegistry registry)
    {
        var errors = Check(new NewCredential(kept.Name, kept.Connector, change.Fields), registry);
        if (change.Name is { } name && name != kept.Name)
        {
            errors.Add(
                new(
                    "/name",
                    "name_fixed",
                    $"The credential is named '{kept.Name}', and steps refer to it by that name.",
                    "Leave the name out, or make another credential."
                )
            );
        }

        if (change.Connector is { } connector && connector != kept.Connector)
        {
            errors.Add(
                new("/connector", "connector_fixed", $"The credential is for '{kept.Connector}'.", "Leave the connector out, or make another credential.")
            );
        }

        return errors;
    }

    public static List<FieldError> Check(NewCredential credential, ConnectorRegistry registry)
    {
        var errors = new List<FieldError>();
        if (!NameText.IsName(credential.Name, LongestName))
        {
            errors.Add(
                new(
                    "/name",
                    "name_invalid",
                    $"A credential needs a name of 1 to {LongestName} characters, of at most {NameText.MostBytes} bytes, {NameText.Rule}.",
                    "Steps refer to it by this name."
                )
            );
        }

        var connector = registry.Connectors.FirstOrDefault(connector => connector.Manifest.Name == credential.Connector);
        if (connector is null)
        {
            errors.Add(
                new(
                    "/connector",
                    "connector_unknown",
                    $"There is no connector '{credential.Connector}'.",
                    $"Known: {string.Join(", ", registry.Connectors.Select(each => each.Manifest.Name))}."
                )
            );
            return errors;
        }

        var fields = credential.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal);
        var known = connector.Manifest.CredentialFields;
        foreach (var name in fields.Keys.Where(name => known.All(field => field.Name != name)))
        {
            errors.Add(
                new(
                    $"/fields/{name}",
                    "field_unknown",
                    $"A credential of '{credential.Connector}' has no field '{name}'.",
                    $"Known: {string.Join(", ", known.Select(field => field.Name))}."
                )
            );
        }

        foreach (var field in known.Where(field => field.Required && string.IsNullOrEmpty(fields.GetValueOrDefault(field.Name))))
        {
            errors.Add(new($"/fields/{field.Name}", "field_missing", $"The field '{field.Name}' is missing.", field.Summary));
        }

        foreach (var (name, value) in fields.Where(field => field.Value is null || field.Value.Any(char.IsControl)))
        {
            errors.Add(
                new(
                    $"/fields/{name}",
                    "field_invalid",
                    $"The field '{name}' is empty or holds control characters.",
                    "Copy it again; a line break at its end is a common slip."
                )
            );
        }

        foreach (var field in known.Where(field => field.Type == FieldType.Hosts && !string.IsNullOrEmpty(fields.GetValueOrDefault(field.Name))))
        {
            if (!HostList.TryParse(fields[field.Name], out _, out var wrong))
            {
                errors.Add(
                    new(
                        $"/fields/{field.Name}",
                        "hosts_invalid",
                        $"The field '{field.Name}' cannot be read: {wrong}",
                        "Write names, *.names or addresses, with a port if need be: api.example.com, *.example.org, 10.0.0.7:8443."
                    )
                );
            }
        }

        if (errors.Count == 0 && connector.ErrorOf(fields) is { } error)
        {
            errors.Add(new("/fields", "fields_invalid", error, "Correct the fields; the connector's instructions say which go together."));
        }

        if (known.Count > 0 && fields.Count == 0 && errors.Count == 0)
        {
            errors.Add(new("/fields", "fields_missing", "The credential has no fields.", $"Give {string.Join(", ", known.Select(field => field.Name))}."));
        }

        return errors;
    }
}
