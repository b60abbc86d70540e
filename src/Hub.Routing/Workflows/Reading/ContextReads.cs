using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Schemas;
using Hub.Routing.Templates;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Finds what inputs and conditions read of the run context. Texts that do not compile are passed over: others report them.</summary>
internal static class ContextReads
{
    public static IEnumerable<ContextRead> OfStep(StepDraft step) =>
        OfInputs(step.Definition.With, step.Place["with"]).Concat(Comparisons.OfStep(step).SelectMany(OfComparison));

    public static IEnumerable<ContextRead> OfCondition(JsonElement condition, JsonPlace place) =>
        Comparisons.OfCondition(condition, place).SelectMany(OfComparison);

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

        return (template is { IsReference: true, References.Count: 1 } ? new ContextRead(place, template.References[0].Path, IsPath: false) : null, null);
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

        return (query.IsNamesOnly ? new ContextRead(place, query.LeadingNames, IsPath: true) : null, null);
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
        template
            .Queries.Select(text => JsonPathQuery.TryParse(text, out var query, out _) ? query.LeadingNames : [])
            .Where(names => names.Count > 0)
            .Select(names => new ContextRead(place, names, IsPath: true));
}
