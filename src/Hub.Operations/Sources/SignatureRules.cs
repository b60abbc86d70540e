using System.Text;
using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Signatures;

namespace Hub.Operations.Sources;

/// <summary>What a Source's signature must fulfil. A scheme that needs a secret and has none is refused: intake fails closed.</summary>
public sealed class SignatureRules(SignatureSchemes schemes)
{
    public const int MostSecrets = 10;
    private const int LongestSecret = 4096;
    private const string SchemeWithOptions = "generic-hmac";

    /// <summary>The scheme's options as one JSON element; null when none are given.</summary>
    public static JsonElement? OptionsOf(NewSignature signature) =>
        signature.Options is { Count: > 0 } options
            ? options.Count == 1 && options.TryGetValue("options", out var nested)
                ? nested
                : JsonSerializer.SerializeToElement(options)
            : null;

    public void Check(NewSignature? signature, IReadOnlyList<string>? kept, List<FieldError> errors)
    {
        if (signature?.Scheme is not { Length: > 0 } name)
        {
            errors.Add(
                new(
                    "/signature/scheme",
                    "scheme_missing",
                    "A Source must say how requests prove themselves.",
                    $"Choose one of {string.Join(", ", schemes.Names)}; 'none' accepts anyone who knows the address."
                )
            );
            return;
        }

        if (name != SchemeWithOptions && !schemes.TryFind(name, out _))
        {
            errors.Add(
                new(
                    "/signature/scheme",
                    "scheme_invalid",
                    $"There is no signature scheme '{NearestName.Shorten(name)}'.",
                    NearestName.Advise(name, schemes.Names)
                )
            );
            return;
        }

        var hasTolerance = schemes.TryFind(name, out var plain) && ToleranceOption.IsFor(plain);
        if (
            name != SchemeWithOptions
            && signature.Options is { Count: > 0 } given
            && given.Keys.Where(key => !hasTolerance || key != ToleranceOption.Name).ToList() is { Count: > 0 } unknown
        )
        {
            errors.AddRange(
                unknown.Select(key => new FieldError(
                    $"/signature/{key}",
                    "field_unknown",
                    $"A signature of the scheme '{name}' has no field '{key}'.",
                    $"Its fields are 'scheme' and 'secrets', a list{(hasTolerance ? ", and 'toleranceSeconds'" : "")}."
                ))
            );
            return;
        }

        if (!schemes.TryFind(name, OptionsOf(signature), out var scheme, out var error))
        {
            errors.Add(new("/signature", "scheme_invalid", error, $"Known schemes: {string.Join(", ", schemes.Names)}."));
            return;
        }

        if (signature.Secrets is null && kept is not null)
        {
            CheckKept(scheme, kept, errors);
        }
        else
        {
            CheckGiven(scheme, signature.Secrets ?? [], errors);
        }
    }

    /// <summary>Why one secret cannot be used; null when it can.</summary>
    public static string? SecretError(ISignatureScheme scheme, string? secret) =>
        secret is not null && Encoding.UTF8.GetByteCount(secret) > LongestSecret
            ? $"A secret has at most {LongestSecret} bytes."
            : scheme.SecretError(secret ?? "");

    private static void CheckGiven(ISignatureScheme scheme, IReadOnlyList<string> secrets, List<FieldError> errors)
    {
        if (scheme.NeedsSecret && secrets.Count == 0 && !scheme.HandsOverSecret)
        {
            errors.Add(
                new(
                    "/signature/secrets",
                    "secret_missing",
                    $"The scheme '{scheme.Name}' proves nothing without a secret.",
                    "Give at least one secret, the one the sender signs with."
                )
            );
        }
        else if (!scheme.NeedsSecret && secrets.Count > 0)
        {
            errors.Add(
                new(
                    "/signature/secrets",
                    "secret_useless",
                    $"The scheme '{scheme.Name}' uses no secret, so these would protect nothing.",
                    "Leave them out, or choose the scheme the sender signs with."
                )
            );
        }
        else if (secrets.Count > MostSecrets)
        {
            errors.Add(
                new("/signature/secrets", "too_many_secrets", $"A Source has at most {MostSecrets} secrets.", "Leave out those that have been rotated away.")
            );
        }

        for (var i = 0; scheme.NeedsSecret && i < Math.Min(secrets.Count, MostSecrets); i++)
        {
            if (SecretError(scheme, secrets[i]) is { } wrong)
            {
                errors.Add(new($"/signature/secrets/{i}", "secret_invalid", wrong, "Copy it again from the sender's settings."));
            }
        }
    }

    /// <summary>An existing Source's secrets must fit the scheme it gets. One that needs none drops them.</summary>
    private static void CheckKept(ISignatureScheme scheme, IReadOnlyList<string> kept, List<FieldError> errors)
    {
        if (scheme.NeedsSecret && kept.Count == 0 && !scheme.HandsOverSecret)
        {
            errors.Add(
                new(
                    "/signature/secrets",
                    "secret_missing",
                    $"The scheme '{scheme.Name}' proves nothing without a secret, and this Source has none.",
                    "Give at least one secret, the one the sender signs with."
                )
            );
        }
        else if (scheme.NeedsSecret && kept.Any(secret => SecretError(scheme, secret) is not null))
        {
            errors.Add(
                new(
                    "/signature/secrets",
                    "secret_invalid",
                    $"A secret that the Source has cannot be used with the scheme '{scheme.Name}'.",
                    "Give the secrets of that scheme; they take the place of the old ones."
                )
            );
        }
    }
}
