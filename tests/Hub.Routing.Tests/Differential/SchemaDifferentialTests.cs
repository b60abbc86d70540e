using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Routing.Schemas;
using Json.Schema;

namespace Hub.Routing.Tests.Differential;

/// <summary>Payload schemas and JsonSchema.Net say the same of made-up values under made-up schemas.</summary>
public sealed class SchemaDifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 202012;
    private const int UsualCases = 4_000;
    private const int ValuesEach = 6;

    private static readonly EvaluationOptions Asserting = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.Flag };

    [Fact]
    public void Check_MadeUpSchemasAndValues_AgreesWithJsonSchemaNet()
    {
        var configured = Environment.GetEnvironmentVariable("FLOWPILOT_FUZZ_CASES");
        var cases = string.IsNullOrEmpty(configured) ? UsualCases : int.Parse(configured, CultureInfo.InvariantCulture);
        output.WriteLine($"seed {Seed}, {cases} schemas of {ValuesEach} values");
        var made = new MadeUpSchemas(new Random(Seed));
        var (fulfilled, checkedValues) = (0, 0);
        for (var i = 0; i < cases; i++)
        {
            var text = made.Schema(3).ToJsonString();
            var ours = PayloadSchema.Parse(JsonElement.Parse(text));
            var theirs = JsonSchema.FromText(text, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
            for (var n = 0; n < ValuesEach; n++)
            {
                var value = JsonElement.Parse(made.Value(3)?.ToJsonString() ?? "null");
                var expected = theirs.Evaluate(value, Asserting).IsValid;
                var errors = ours.Check(value);
                Assert.True(
                    expected == (errors.Count == 0),
                    $"case {i} of seed {Seed}: JsonSchema.Net says {expected}, not so\n{text}\nof {value.GetRawText()}\n{string.Join('\n', errors)}"
                );
                checkedValues++;
                fulfilled += expected ? 1 : 0;
            }
        }

        output.WriteLine($"{fulfilled} of {checkedValues} fulfil their schema");
        Assert.InRange(fulfilled, checkedValues / 10, checkedValues * 9 / 10);
    }

    /// <summary>Schemas of the keywords that both know, and values that come near to them.</summary>
    private sealed class MadeUpSchemas(Random random)
    {
        private static readonly string[] Names = ["a", "b", "ab", "c1", "ä"];
        private static readonly string[] Texts = ["", "a", "ab", "abc", "x1", "😀", "12", "a b", "2026-02-29", "ä"];
        private static readonly decimal[] Numbers = [0, 1, -1, 2, 3, 1.5m, 0.3m, 10, -2.5m, 100];
        private static readonly string[] Types = ["string", "number", "integer", "boolean", "null", "array", "object"];
        private static readonly string[] Patterns = ["^a", "b$", "[0-9]+", "^[a-c]*$", "a|1"];
        private static readonly Action<MadeUpSchemas, JsonObject, int>[] Keywords =
        [
            static (made, schema, _) => schema["type"] = made.Pick(Types),
            static (made, schema, _) =>
                schema["type"] = new JsonArray([.. Types.Where(_ => made.Chance(3)).DefaultIfEmpty("null").Select(static type => JsonValue.Create(type))]),
            static (made, schema, _) =>
                schema["enum"] = new JsonArray([.. made.Some(4, () => made.Value(1)).Append(null).DistinctBy(static value => value?.ToJsonString())]),
            static (made, schema, _) => schema["const"] = made.Value(2),
            static (made, schema, _) => schema[made.Pick("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")] = made.Pick(Numbers),
            static (made, schema, _) => schema["multipleOf"] = made.Pick(0.1m, 0.5m, 2m, 3m),
            static (made, schema, _) => schema[made.Pick("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")] = made.Count(),
            static (made, schema, _) => schema["pattern"] = made.Pick(Patterns),
            static (made, schema, depth) => schema["properties"] = made.Members(depth),
            static (made, schema, depth) => schema["patternProperties"] = new JsonObject { [made.Pick(Patterns)] = made.Schema(depth - 1) },
            static (made, schema, depth) => schema["additionalProperties"] = made.Schema(depth - 1),
            static (made, schema, depth) => schema["propertyNames"] = made.Schema(depth - 1),
            static (made, schema, _) => schema["required"] = new JsonArray([.. Names.Where(_ => made.Chance(4)).Select(static name => JsonValue.Create(name))]),
            static (made, schema, _) => schema["dependentRequired"] = new JsonObject { [made.Pick(Names)] = new JsonArray(made.Pick(Names)) },
            static (made, schema, depth) => schema["dependentSchemas"] = new JsonObject { [made.Pick(Names)] = made.Schema(depth - 1) },
            static (made, schema, depth) => schema["prefixItems"] = made.Schemas(depth),
            static (made, schema, depth) => schema["items"] = made.Schema(depth - 1),
            static (made, schema, depth) =>
            {
                schema["contains"] = made.Schema(depth - 1);
                if (made.Chance(2))
                {
                    schema[made.Pick("minContains", "maxContains")] = made.Count();
                }
            },
            static (made, schema, _) => schema["uniqueItems"] = made.Chance(2),
            static (made, schema, depth) => schema[made.Pick("allOf", "anyOf", "oneOf")] = made.Schemas(depth),
            static (made, schema, depth) => schema["not"] = made.Schema(depth - 1),
            static (made, schema, depth) =>
                (schema["if"], schema["then"], schema["else"]) = (made.Schema(depth - 1), made.Schema(depth - 1), made.Schema(depth - 1)),
        ];

        public JsonNode Schema(int depth)
        {
            if (depth == 0 && Chance(2))
            {
                return JsonValue.Create(!Chance(4));
            }

            var schema = new JsonObject();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                // Those that hold no schema come first.
                Keywords[random.Next(depth == 0 ? 8 : Keywords.Length)](this, schema, depth);
            }

            return schema;
        }

        public JsonNode? Value(int depth) =>
            random.Next(depth == 0 ? 5 : 9) switch
            {
                0 => null,
                1 => JsonValue.Create(Chance(2)),
                2 => JsonValue.Create(Pick(Texts)),
                3 or 4 => JsonValue.Create(Pick(Numbers)),
                5 or 6 => new JsonArray([.. Some(4, () => Value(depth - 1))]),
                _ => new JsonObject(Names.Where(_ => Chance(2)).Select(name => KeyValuePair.Create(name, Value(depth - 1)))),
            };

        private JsonObject Members(int depth) =>
            new(Names.Where(_ => Chance(2)).Select(name => KeyValuePair.Create<string, JsonNode?>(name, Schema(depth - 1))));

        private JsonArray Schemas(int depth) => new([.. Some(3, () => Schema(depth - 1)).DefaultIfEmpty(JsonValue.Create(true))]);

        private IEnumerable<T> Some<T>(int most, Func<T> make) => Enumerable.Range(0, random.Next(most)).Select(_ => make()).ToList();

        private T Pick<T>(params ReadOnlySpan<T> from) => from[random.Next(from.Length)];

        private int Count() => random.Next(4);

        /// <summary>One in so many.</summary>
        private bool Chance(int of) => random.Next(of) == 0;
    }
}
