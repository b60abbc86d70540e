using System.Text.Json;
using Hub.Api.Errors;
using Hub.Connectors.Signatures;

namespace Hub.Api.Sources;

/// <summary>What a new Source must fulfil. A scheme that needs a secret and has none is refused: intake fails closed.</summary>
internal static class SourceRules
{
    public const int DefaultBodyLimit = 1 << 20;
    private const int MostSecrets = 10;
    private const string SchemeWithOptions = "generic-hmac";

    public static List<FieldFault> Check(NewSource source, SignatureSchemes schemes)
    {
        var faults = new List<FieldFault>();
        if (string.IsNullOrWhiteSpace(source.Name) || source.Name.Length > 100 || source.Name.Any(char.IsControl))
        {
            faults.Add(new("/name", "name_invalid", "A Source needs a name of 1 to 100 characters without control characters.", "Name it after the sender, such as 'orders'."));
        }

        if (source.BodyLimit is < 1 or > HubHosting.MaxBody)
        {
            faults.Add(new("/bodyLimit", "body_limit_invalid", $"A body limit lies between 1 and {HubHosting.MaxBody} bytes.", $"Leave it out for {DefaultBodyLimit}."));
        }

        if (source.Dedupe is not null && !DedupeRule.TryParse(source.Dedupe, out _))
        {
            faults.Add(new("/dedupe", "dedupe_invalid", $"'{source.Dedupe}' does not say where the delivery id is.", "Write 'header:' and the header's name, or 'body:' and a JSON Pointer, such as 'header:X-GitHub-Delivery' or 'body:/id'."));
        }

        CheckSignature(source.Signature, schemes, faults);
        return faults;
    }

    /// <summary>The scheme's options as one JSON element; null when none are given.</summary>
    public static JsonElement? OptionsOf(NewSignature signature) =>
        signature.Options is { Count: > 0 } options
            ? options.Count == 1 && options.TryGetValue("options", out var nested) ? nested : JsonSerializer.SerializeToElement(options)
            : null;

    private static void CheckSignature(NewSignature? signature, SignatureSchemes schemes, List<FieldFault> faults)
    {
        if (signature?.Scheme is not { Length: > 0 } name)
        {
            faults.Add(new("/signature/scheme", "scheme_missing", "A Source must say how requests prove themselves.", $"Choose one of {string.Join(", ", schemes.Names)}; 'none' accepts anyone who knows the address."));
            return;
        }

        if (name != SchemeWithOptions && signature.Options is { Count: > 0 } unknown)
        {
            faults.AddRange(unknown.Keys.Select(key => new FieldFault(
                $"/signature/{key}", "field_unknown", $"A signature of the scheme '{name}' has no field '{key}'.", "Its fields are 'scheme' and 'secrets', a list.")));
            return;
        }

        if (!schemes.TryFind(name, OptionsOf(signature), out var scheme, out var fault))
        {
            faults.Add(new("/signature", "scheme_invalid", fault, $"Known schemes: {string.Join(", ", schemes.Names)}."));
            return;
        }

        var secrets = signature.Secrets ?? [];
        if (scheme.NeedsSecret && secrets.Count == 0)
        {
            faults.Add(new("/signature/secrets", "secret_missing", $"The scheme '{name}' proves nothing without a secret.", "Give at least one secret, the one the sender signs with."));
        }
        else if (!scheme.NeedsSecret && secrets.Count > 0)
        {
            faults.Add(new("/signature/secrets", "secret_useless", $"The scheme '{name}' uses no secret, so these would protect nothing.", "Leave them out, or choose the scheme the sender signs with."));
        }
        else if (secrets.Count > MostSecrets)
        {
            faults.Add(new("/signature/secrets", "too_many_secrets", $"A Source has at most {MostSecrets} secrets.", "Leave out those that have been rotated away."));
        }

        for (var i = 0; scheme.NeedsSecret && i < secrets.Count; i++)
        {
            if (scheme.SecretFault(secrets[i] ?? "") is { } wrong)
            {
                faults.Add(new($"/signature/secrets/{i}", "secret_invalid", wrong, "Copy it again from the sender's settings."));
            }
        }
    }
}
