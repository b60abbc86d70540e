using System.Text.Json;
using Hub.Connectors.Http;

namespace Hub.Connectors.Contract;

/// <summary>Checks rendered inputs and credentials against what a manifest declares. Messages never hold a value.</summary>
public static class FieldFaults
{
    /// <summary>Every fault of an action's input, each with its place; empty when there is none.</summary>
    public static IReadOnlyList<string> OfInput(ActionManifest manifest, JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return ["The input is not an object."];
        }

        if (!Json.IsReadable(input))
        {
            return ["The input holds half a surrogate pair, which is not text."];
        }

        var faults = new List<string>();
        foreach (var member in input.EnumerateObject())
        {
            if (manifest.Inputs.All(field => field.Name != member.Name))
            {
                var known = string.Join(", ", manifest.Inputs.Select(static field => field.Name));
                faults.Add($"/{member.Name}: {manifest.Type} has no such input; it has {known}.");
            }
        }

        foreach (var field in manifest.Inputs)
        {
            var present = input.TryGetProperty(field.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (present && !Fits(field, value))
            {
                faults.Add($"/{field.Name}: must be {Describe(field)}, and is {Name(value.ValueKind)}.");
            }
            else if (!present && field.Required)
            {
                faults.Add($"/{field.Name}: is required.");
            }
        }

        return faults;
    }

    /// <summary>Every fault of a credential; empty when there is none.</summary>
    public static IReadOnlyList<string> OfCredential(ConnectorManifest manifest, IReadOnlyDictionary<string, string>? credential)
    {
        if (credential is null)
        {
            return manifest.CredentialRequired ? [$"{manifest.Title} needs a credential, and the step names none."] : [];
        }

        return [.. manifest.CredentialFields
            .Where(field => field.Required && string.IsNullOrEmpty(credential.GetValueOrDefault(field.Name)))
            .Select(field => $"The credential's field '{field.Name}' is empty.")];
    }

    /// <summary>The error <c>invalid_credential</c> or <c>invalid_input</c> when there are faults, not retryable; else null.</summary>
    public static ConnectorError? Check(ConnectorManifest connector, ActionManifest action, ActionContext context) =>
        OfCredential(connector, context.Credential) is { Count: > 0 } credentialFaults ? InvalidCredential(credentialFaults)
        : OfInput(action, context.Input) is { Count: > 0 } inputFaults ? InvalidInput(inputFaults)
        : null;

    public static ConnectorError InvalidInput(params IEnumerable<string> faults) => new("invalid_input", string.Join(" ", faults), Retryable: false);

    public static ConnectorError InvalidCredential(params IEnumerable<string> faults) => new("invalid_credential", string.Join(" ", faults), Retryable: false);

    private static bool Fits(FieldSpec field, JsonElement value) => field.Type switch
    {
        FieldType.Text => value.ValueKind == JsonValueKind.String && IsChoice(field, value.GetString()!),
        FieldType.Number => value.ValueKind == JsonValueKind.Number,
        FieldType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldType.Object => value.ValueKind == JsonValueKind.Object,
        FieldType.Array => value.ValueKind == JsonValueKind.Array,
        FieldType.Duration => value.ValueKind == JsonValueKind.String && DurationText.TryParse(value.GetString(), out _),
        _ => true,
    };

    private static bool IsChoice(FieldSpec field, string text) => field.Choices is null || field.Choices.Contains(text, StringComparer.OrdinalIgnoreCase);

    private static string Describe(FieldSpec field) => field switch
    {
        { Choices: { } choices } => "one of " + string.Join(", ", choices),
        { Type: FieldType.Duration } => "a duration such as 500ms, 30s or 5m",
        { Type: FieldType.Object } => "an object",
        { Type: FieldType.Array } => "an array",
        _ => "a " + field.Type.ToString().ToLowerInvariant(),
    };

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a text of another form",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        _ => "nothing",
    };
}
