using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Schemas;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Inputs;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Finds what inputs and conditions read of the run context. Texts that do not compile are passed over: others report them.</summary>
internal static partial class ContextReads
{
    public static IEnumerable<ContextRead> OfStep(StepDraft step) =>
        OfInputs(step.Definition.With, step.Place["with"]).Concat(Comparisons.OfStep(step).SelectMany(OfComparison));

    public static IEnumerable<ContextRead> OfCondition(JsonElement condition, JsonPlace place) => Comparisons.OfCondition(condition, place).SelectMany(OfComparison);

    public static IEnumerable<ContextRead> OfInputs(JsonElement with, JsonPlace place)
    {
        if (Operand.IsQuery(with))
        {
            return OfPath(with.EnumerateObject().First().Value, place[Operand.PathKey]);
        }

        return with.ValueKind switch
        {
            JsonValueKind.String => OfTemplate(with, place),
            JsonValueKind.Array => with.EnumerateArray().SelectMany((item, index) => OfInputs(item, place[index])),
            JsonValueKind.Object => with.EnumerateObject().SelectMany(member => OfInputs(member.Value, place[JsonText.ReadName(member)])),
            _ => [],
        };
    }

    /// <summary>What a value is as a whole: one read, or of these types, or nothing that can be told.</summary>
    public static (ContextRead? Read, JsonTypes? Types) WholeOf(JsonElement value, JsonPlace place)
    {
        if (Operand.IsQuery(value) && value.EnumerateObject().First().Value is { ValueKind: JsonValueKind.String } path)
        {
            return WholeOfPath(JsonText.Read(path), place[Operand.PathKey]);
        }

        if (!Operand.IsTemplate(value))
        {
            return (null, value.ValueKind == JsonValueKind.Object && Operand.IsQuery(value) ? null : JsonTypeNames.Of(value));
        }

        if (!Template.TryParse(JsonText.Read(value), out var template, out _))
        {
            return (null, null);
        }

        if (!template.IsSingleExpression)
        {
            return (null, JsonTypes.String);
        }

        var isWhole = template.References.Count == 1 && Plain(template.Text[2..^2].Trim()) == string.Join('.', template.References[0].Path);
        return (isWhole ? new ContextRead(place, template.References[0].Path, IsPath: false) : null, null);
    }

    /// <inheritdoc cref="WholeOf"/>
    public static (ContextRead? Read, JsonTypes? Types) WholeOfPath(string path, JsonPlace place)
    {
        if (!JsonPathQuery.TryParse(path, out var query, out _))
        {
            return (null, null);
        }

        if (!query.IsSingular)
        {
            return (null, JsonTypes.Array);
        }

        var isWhole = Plain(path.Trim()) == string.Join('.', query.LeadingNames.Prepend("$"));
        return (isWhole ? new ContextRead(place, query.LeadingNames, IsPath: true) : null, null);
    }

    private static IEnumerable<ContextRead> OfComparison(WrittenComparison comparison)
    {
        var asks = comparison.Op.ValueKind == JsonValueKind.String && JsonText.Read(comparison.Op) is "exists" or "is_empty";
        var reads = OfPath(comparison.Path, comparison.Place["path"]).Select(read => read with { AsksPresence = asks });
        return comparison.Value.ValueKind == JsonValueKind.String || Operand.IsQuery(comparison.Value)
            ? reads.Concat(OfInputs(comparison.Value, comparison.Place["value"]))
            : reads;
    }

    private static IEnumerable<ContextRead> OfPath(JsonElement path, JsonPlace place) =>
        path.ValueKind == JsonValueKind.String && JsonPathQuery.TryParse(JsonText.Read(path), out var query, out _) && query.LeadingNames.Count > 0
            ? [new ContextRead(place, query.LeadingNames, IsPath: true)]
            : [];

    private static IEnumerable<ContextRead> OfTemplate(JsonElement value, JsonPlace place) =>
        Operand.IsTemplate(value) && Template.TryParse(JsonText.Read(value), out var template, out _)
            ? template.References.Select(reference => new ContextRead(place, reference.Path, IsPath: false)).Concat(OfPathFunction(template, place))
            : [];

    // The function path reads the run context by a query, mostly written out.
    private static IEnumerable<ContextRead> OfPathFunction(Template template, JsonPlace place) =>
        template.Text.Contains("path", StringComparison.Ordinal)
            ? TemplatePieces.Split(template.Text)
                .Where(piece => piece.Kind != TemplatePieceKind.Literal)
                .SelectMany(piece => PathCall().Matches(piece.Text))
                .Select(call => JsonPathQuery.TryParse(call.Groups["path"].Value, out var query, out _) ? query.LeadingNames : [])
                .Where(names => names.Count > 0)
                .Select(names => new ContextRead(place, names, IsPath: true))
            : [];

    [GeneratedRegex("""\bpath\s*\(?\s*(?<quote>["'])(?<path>\$(?:(?!\k<quote>)[^\\])*)\k<quote>""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex PathCall();

    private static string Plain(string text) => Bracket().Replace(text, ".${name}");

    [GeneratedRegex("""\[\s*(["'])(?<name>[^"'\\\]]*)["']\s*\]""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Bracket();
}
