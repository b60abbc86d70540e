using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;
using Hub.Routing.Schemas.Formats;
using Hub.Routing.Schemas.Rules;

namespace Hub.Routing.Schemas.Reading;

/// <summary>The keywords of the subset, in the order in which a value is checked by them.</summary>
internal static class SchemaKeywords
{
    /// <summary>Keywords that describe and check nothing.</summary>
    public static IReadOnlyList<string> Annotations { get; } =
    ["$comment", "$schema", "default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"];

    public static IReadOnlyList<SchemaKeyword> All { get; } =
    [
        Keyword("$id", ReadId),
        Keyword("$defs", ReadDefinitions),
        Keyword("$ref", schema => schema.Reference("$ref")),
        Keyword("type", ReadType),
        Keyword("const", schema => new ChoiceRule("const", [schema.Argument("const")])),
        Keyword("enum", schema => schema.Values("enum") is { Count: > 0 } values ? new ChoiceRule("enum", values) : null),
        Bound("minimum", order => order >= 0, "at least"),
        Bound("exclusiveMinimum", order => order > 0, "greater than"),
        Bound("maximum", order => order <= 0, "at most"),
        Bound("exclusiveMaximum", order => order < 0, "less than"),
        Keyword("multipleOf", ReadMultipleOf),
        Counted("minLength", JsonValueKind.String, isLeast: true),
        Counted("maxLength", JsonValueKind.String, isLeast: false),
        Keyword("pattern", schema => schema.Pattern("pattern") is { } regex ? new PatternRule(schema.Text("pattern")!, regex) : null),
        Keyword("format", ReadFormat),
        Counted("minItems", JsonValueKind.Array, isLeast: true),
        Counted("maxItems", JsonValueKind.Array, isLeast: false),
        new(["prefixItems", "items"], schema => [new ItemsRule(schema.Schemas("prefixItems"), schema.Schema("items"))]),
        new(["contains", "minContains", "maxContains"], ReadContains),
        Keyword("uniqueItems", schema => schema.Flag("uniqueItems") ? new UniqueItemsRule() : null),
        Counted("minProperties", JsonValueKind.Object, isLeast: true),
        Counted("maxProperties", JsonValueKind.Object, isLeast: false),
        Keyword("required", schema => new RequiredRule("required", schema.TextsOf("required"))),
        new(["dependentRequired"], schema => schema.TextsMap("dependentRequired").Select(each => new RequiredRule("dependentRequired", each.Texts, each.Name))),
        new(["properties", "patternProperties", "additionalProperties", "propertyNames"], ReadMembers),
        new(["dependentSchemas"], schema => schema.SchemaMap("dependentSchemas").Select(each => new DependentSchemaRule(each.Name, each.Schema))),
        Keyword("allOf", schema => new AllOfRule(schema.Schemas("allOf"))),
        Keyword("anyOf", schema => new AnyOfRule(schema.Schemas("anyOf"))),
        Keyword("oneOf", schema => new OneOfRule(schema.Schemas("oneOf"))),
        Keyword("not", schema => new NotRule(schema.Schema("not")!)),
        new(["if", "then", "else"], ReadConditional),
    ];

    /// <summary>Every keyword that is read, annotations included.</summary>
    public static IReadOnlySet<string> Names { get; } = All.SelectMany(keyword => keyword.Names).Concat(Annotations).ToHashSet(StringComparer.Ordinal);

    /// <summary>What to do about a keyword that is not offered.</summary>
    public static string Advise(string name) =>
        name switch
        {
            "definitions" => "Write $defs, and refer to #/$defs/name.",
            "dependencies" => "Write dependentRequired or dependentSchemas.",
            "additionalItems" => "Write items, which is for the items after prefixItems.",
            "unevaluatedProperties" => "Write additionalProperties in the schema that lists the properties.",
            "unevaluatedItems" => "Write items beside prefixItems.",
            "$anchor" or "$dynamicAnchor" or "$dynamicRef" or "$recursiveRef" or "$recursiveAnchor" => "Refer to #/$defs/name by $ref.",
            _ => NearestName.Find(name, Names) is { } nearest ? $"Did you mean '{nearest}'?" : "Leave it out, or put what it says into $comment.",
        };

    private static SchemaKeyword Keyword(string name, Func<SchemaObject, SchemaRule?> read) => new([name], schema => read(schema) is { } rule ? [rule] : []);

    private static SchemaKeyword Bound(string name, Func<int, bool> holds, string words) =>
        Keyword(name, schema => schema.Number(name) is { } bound ? new NumberRule(name, bound, holds, words) : null);

    private static SchemaKeyword Counted(string name, JsonValueKind kind, bool isLeast) =>
        Keyword(name, schema => schema.Count(name) is { } count ? new CountRule(name, kind, count, isLeast) : null);

    private static SchemaRule? ReadDefinitions(SchemaObject schema)
    {
        schema.SchemaMap("$defs");
        return null;
    }

    private static SchemaRule? ReadId(SchemaObject schema)
    {
        if (!schema.IsRoot)
        {
            schema.Refuse(
                "$id",
                "A schema within another has no $id here: references would then mean something else.",
                "Leave it out, and refer to it by its place."
            );
        }

        return null;
    }

    private static TypeRule? ReadType(SchemaObject schema)
    {
        var argument = schema.Argument("type");
        var names = argument.ValueKind == JsonValueKind.Array ? [.. argument.EnumerateArray().Take(20)] : new[] { argument };
        var (types, integers, numbers) = (JsonTypes.None, false, false);
        foreach (var element in names)
        {
            var name = element.ValueKind == JsonValueKind.String ? JsonText.Read(element) : null;
            if (name is null || !JsonTypeNames.Schema.Contains(name))
            {
                schema.Refuse(
                    "type",
                    name is null ? "'type' is the name of a type, or an array of them." : $"There is no type '{NearestName.Shorten(name)}'.",
                    NearestName.Advise(name ?? string.Empty, JsonTypeNames.Schema)
                );
                return null;
            }

            types |= JsonTypeNames.OfSchema(name);
            integers |= name == "integer";
            numbers |= name == "number";
        }

        if (types == JsonTypes.None)
        {
            schema.Refuse("type", "'type' names no type, so nothing would fulfil it.", NearestName.Advise(string.Empty, JsonTypeNames.Schema));
            return null;
        }

        return new TypeRule(types, integers && !numbers);
    }

    private static MultipleOfRule? ReadMultipleOf(SchemaObject schema)
    {
        if (schema.Number("multipleOf") is not { } divisor)
        {
            return null;
        }

        var number = JsonNumber.Read(divisor);
        if (number.IsPositive && number.SignificantDigits <= SchemaLimits.DivisorDigits)
        {
            return new MultipleOfRule(divisor);
        }

        schema.Refuse("multipleOf", $"'multipleOf' is a number above 0 with at most {SchemaLimits.DivisorDigits} digits.", "Write a number such as 0.01.");
        return null;
    }

    private static FormatRule? ReadFormat(SchemaObject schema)
    {
        if (schema.Text("format") is not { } name)
        {
            return null;
        }

        if (TextFormats.Find(name) is { } format)
        {
            return new FormatRule(format);
        }

        schema.Refuse(
            "format",
            $"The format '{NearestName.Shorten(name)}' is not offered, and would not be checked.",
            $"{NearestName.Advise(name, TextFormats.All.Select(each => each.Name))} Or write a pattern."
        );
        return null;
    }

    private static IEnumerable<SchemaRule> ReadContains(SchemaObject schema)
    {
        schema.RefuseWithout("contains", "minContains", "maxContains");
        return schema.Schema("contains") is { } each ? [new ContainsRule(each, schema.Count("minContains") ?? 1, schema.Count("maxContains"))] : [];
    }

    private static IEnumerable<SchemaRule> ReadMembers(SchemaObject schema)
    {
        var named = schema.SchemaMap("properties").ToDictionary(each => each.Name, each => each.Schema, StringComparer.Ordinal);
        return
        [
            new MembersRule(
                named,
                schema.PatternMap("patternProperties"),
                schema.Schema("additionalProperties"),
                schema.Argument("additionalProperties").ValueKind == JsonValueKind.False,
                schema.Schema("propertyNames")
            ),
        ];
    }

    private static IEnumerable<SchemaRule> ReadConditional(SchemaObject schema)
    {
        schema.RefuseWithout("if", "then", "else");
        var (then, otherwise) = (schema.Schema("then"), schema.Schema("else"));
        if (!schema.Has("if"))
        {
            return [];
        }

        if (then is null && otherwise is null)
        {
            schema.Refuse("if", "'if' checks nothing without 'then' or 'else'.", "Add one of them, or leave it out.");
        }

        return [new ConditionalRule(schema.Schema("if")!, then, otherwise)];
    }
}
