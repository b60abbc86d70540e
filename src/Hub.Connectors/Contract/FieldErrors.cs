using System.Text.Json;
using Hub.Connectors.Http;
using Hub.Fields;

namespace Hub.Connectors.Contract;

/// <summary>Checks rendered inputs and credentials against what a manifest declares, before the action is run. Messages never hold a value.</summary>
public static class FieldErrors
{
    /// <summary>Every error of an action's input, each with its place; empty when there is none.</summary>
    public static IReadOnlyList<InputError> OfInput(ActionManifest manifest, JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return [new InputError("", "The input is not an object.")];
        }

        if (!Json.IsReadable(input))
        {
            return [new InputError("", "The input holds half a surrogate pair, which is not text.")];
        }

        var errors = new List<InputError>();
        foreach (var member in input.EnumerateObject())
        {
            if (manifest.Inputs.All(field => field.Name != member.Name))
            {
                var known = string.Join(", ", manifest.Inputs.Select(static field => field.Name));
                errors.Add(InputError.At(member.Name, null, $"{manifest.Type} has no such input; it has {known}."));
            }
        }

        foreach (var field in manifest.Inputs)
        {
            if (field.Required && (!input.TryGetProperty(field.Name, out var value) || value.ValueKind == JsonValueKind.Null))
            {
                errors.Add(InputError.At(field.Name, null, "is required."));
            }
        }

        return [.. errors, .. FieldCheck.ErrorsOf(manifest.Inputs, input, mayStandFor: false)];
    }

    /// <summary>Every error of a credential; empty when there is none.</summary>
    public static IReadOnlyList<string> OfCredential(ConnectorManifest manifest, IReadOnlyDictionary<string, string>? credential)
    {
        if (credential is null)
        {
            return manifest.CredentialRequired ? [$"{manifest.Title} needs a credential, and the step names none."] : [];
        }

        return
        [
            .. manifest
                .CredentialFields.Where(field => field.Required && string.IsNullOrEmpty(credential.GetValueOrDefault(field.Name)))
                .Select(field => $"The credential's field '{field.Name}' is empty."),
        ];
    }

    /// <summary>The error <c>invalid_credential</c> or <c>invalid_input</c> when there are errors, not retryable; else null.</summary>
    public static ConnectorError? Check(ConnectorManifest connector, ActionManifest action, ActionContext context) =>
        OfCredential(connector, context.Credential) is { Count: > 0 } credentialErrors ? InvalidCredential(credentialErrors)
        : OfInput(action, context.Input) is { Count: > 0 } inputErrors ? InvalidInput(inputErrors)
        : null;

    public static ConnectorError InvalidInput(params IReadOnlyList<InputError> errors) => ConnectorError.OfInputs("invalid_input", errors);

    public static ConnectorError InvalidCredential(params IEnumerable<string> errors) => new("invalid_credential", string.Join(" ", errors), Retryable: false);
}
