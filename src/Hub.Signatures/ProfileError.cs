using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Hub.Signatures.Handshakes;

namespace Hub.Signatures;

/// <summary>Says what is wrong with a profile's JSON: the place, the problem and the remedy, without the names of our types.</summary>
internal static partial class ProfileError
{
    private static readonly Dictionary<string, Type> Choices = new(StringComparer.Ordinal)
    {
        ["algorithm"] = typeof(SignatureAlgorithm),
        ["bodies"] = typeof(BodyShape),
        ["encoding"] = typeof(ByteEncoding),
        ["format"] = typeof(ByteEncoding),
        ["hmac"] = typeof(ByteEncoding),
        ["part"] = typeof(SignedPartKind),
        ["unit"] = typeof(TimestampUnit),
        ["proof"] = typeof(HandshakeProof),
    };

    public static string Describe(JsonException wrong)
    {
        var path = wrong.Path is { Length: > 0 } given ? given : "$";
        var place = $"at {path}, line {(wrong.LineNumber ?? 0) + 1}";
        var field = path[(path.LastIndexOf('.') + 1)..];
        if (Unmapped().IsMatch(wrong.Message))
        {
            return $"{place}: there is no such field. Check its spelling; docs/signatures.md lists them all.";
        }

        if (Missing().Match(wrong.Message) is { Success: true } missing)
        {
            return $"{place}: {missing.Groups["names"].Value.TrimEnd('.')} must be given. Add what is missing.";
        }

        if (wrong.Message.Contains("Duplicate", StringComparison.Ordinal))
        {
            return $"{place}: a field is given twice. Leave one out.";
        }

        return Choices.TryGetValue(field, out var choices) ? $"{place}: the value is not known. Write one of {string.Join(", ", NamesOf(choices))}."
            : wrong.InnerException is JsonException or null && !wrong.Message.Contains("could not be converted", StringComparison.Ordinal)
                ? $"{place}: this is not JSON, or breaks off. Check quotes, commas and brackets there."
            : $"{place}: the value has the wrong type. docs/signatures.md tells what the field takes.";
    }

    private static IEnumerable<string> NamesOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(static field => field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name);

    [GeneratedRegex("could not be mapped to any", RegexOptions.NonBacktracking)]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required .* including: (?<names>.+)$", RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Missing();
}
