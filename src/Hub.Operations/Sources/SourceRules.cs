using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Signatures;

namespace Hub.Operations.Sources;

/// <summary>What a Source must fulfil. All errors are told at once.</summary>
public sealed class SourceRules(SignatureSchemes schemes)
{
    /// <summary>The most bytes that any request may have.</summary>
    public const int LargestBodyLimit = 25 << 20;

    public const int DefaultBodyLimit = 1 << 20;
    private const int LongestName = 100;

    private readonly SignatureRules _signature = new(schemes);

    /// <param name="source">As given.</param>
    /// <param name="kept">The secrets that an existing Source has; they count where none are given.</param>
    public List<FieldError> Check(NewSource source, IReadOnlyList<string>? kept = null)
    {
        var errors = new List<FieldError>();
        CheckUnknown(
            source.Unknown,
            "",
            "name, signature, dedupe, dedupeWindow, bodyLimit, bodyAs, methods, contentTypes, allowedAddresses, rateLimit, respond and retention",
            errors
        );
        if (!NameText.IsName(source.Name, LongestName))
        {
            errors.Add(
                new(
                    "/name",
                    "name_invalid",
                    $"A Source needs a name of 1 to {LongestName} characters, of at most {NameText.MostBytes} bytes, {NameText.Rule}.",
                    "Name it after the sender, such as 'orders'."
                )
            );
        }

        if (source.BodyLimit is < 1 or > LargestBodyLimit)
        {
            errors.Add(
                new("/bodyLimit", "body_limit_invalid", $"A body limit lies between 1 and {LargestBodyLimit} bytes.", $"Leave it out for {DefaultBodyLimit}.")
            );
        }

        if (source.BodyAs is { } reading && BodyReadingOf(reading) is null)
        {
            errors.Add(
                new(
                    "/bodyAs",
                    "body_as_invalid",
                    $"'{reading}' is no way to read a body.",
                    "Write 'text' to give workflows the body as text, or 'auto' for what it is found to be; that is the usual."
                )
            );
        }

        DeliveryKeepingRules.Check(source, SchemeOf(source.Signature), errors);
        _signature.Check(source.Signature, kept, errors);
        AdmissionSettingsRules.Check(source, errors);
        AnswerSettingsRules.Check(source.Respond, errors);
        return errors;
    }

    /// <summary>Null when the text says nothing known.</summary>
    public static BodyReading? BodyReadingOf(string? text) =>
        text switch
        {
            "text" => BodyReading.Text,
            "auto" => BodyReading.Auto,
            _ => null,
        };

    private ISignatureScheme? SchemeOf(NewSignature? signature) =>
        signature?.Scheme is { } name && schemes.TryFind(name, SignatureRules.OptionsOf(signature), out var scheme, out _) ? scheme : null;

    /// <summary>Names what is not known at a place, so that a slip does not go unnoticed.</summary>
    public static void CheckUnknown(Dictionary<string, JsonElement>? unknown, string place, string known, List<FieldError> errors)
    {
        foreach (var name in unknown?.Keys ?? Enumerable.Empty<string>())
        {
            var meant = NearestName.Find(name, known.Replace(" and ", ", ", StringComparison.Ordinal).Split(", ")) is { } nearest
                ? $"Did you mean '{nearest}'? "
                : "";
            errors.Add(new($"{place}/{PointerText.Escape(name)}", "field_unknown", $"There is no field '{name}' here.", $"{meant}The fields are {known}."));
        }
    }
}
