using System.Diagnostics;
using System.Text.Json;
using Hub.Routing.Schemas;

namespace Hub.Routing.Tests.Schemas;

public sealed class BoundedCheckTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void Check_MoreErrorsThanTold_StopsThere()
    {
        var schema = Parse("""{ "items": { "type": "string", "minimum": 5 } }""");

        Assert.Equal(SchemaLimits.Errors, schema.Check(JsonElement.Parse($"[{string.Join(',', Enumerable.Repeat("1", 1000))}]")).Count);
    }

    [Theory]
    [InlineData("anyOf")]
    [InlineData("oneOf")]
    [InlineData("allOf")]
    public void Check_FormsThatMultiply_EndAtTheLimit(string keyword)
    {
        // Each level tries the next one twice: two to the 40th if nothing stopped it.
        var levels = string.Join(
            ',',
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    $$"""
                        "l{{i}}": { "{{keyword}}": [ { "$ref": "#/$defs/l{{i + 1}}" }, { "$ref": "#/$defs/l{{i + 1}}" } ] }
                        """
                )
        );
        var schema = Parse($$"""{ "$ref": "#/$defs/l0", "$defs": { {{levels}}, "l40": { "type": "{{(keyword == "allOf" ? "integer" : "string")}}" } } }""");

        var clock = Stopwatch.StartNew();
        var error = Assert.Single(schema.Check(JsonElement.Parse("1")));

        Assert.Equal(SchemaError.Limit, error.Keyword);
        Assert.True(clock.Elapsed < Patience);
    }

    [Fact]
    public void Check_LimitReachedUnderNot_IsStillNoSuccess()
    {
        var levels = string.Join(
            ',',
            Enumerable
                .Range(0, 40)
                .Select(i =>
                    $$"""
                        "l{{i}}": { "anyOf": [ { "$ref": "#/$defs/l{{i + 1}}" }, { "$ref": "#/$defs/l{{i + 1}}" } ] }
                        """
                )
        );

        Assert.Equal(
            SchemaError.Limit,
            Assert.Single(Parse($$"""{ "not": { "$ref": "#/$defs/l0" }, "$defs": { {{levels}}, "l40": false } }""").Check(JsonElement.Parse("1"))).Keyword
        );
    }

    [Fact]
    public void Check_DeepValue_EndsAtTheLimit()
    {
        var deep = JsonElement.Parse(new string('[', 10_000) + new string(']', 10_000), new JsonDocumentOptions { MaxDepth = 20_000 });

        Assert.Contains(Parse("""{ "items": { "$ref": "#" } }""").Check(deep), error => error.Keyword == SchemaError.Limit);
        Assert.Empty(Parse("""{ "type": "array" }""").Check(deep));
        Assert.NotEmpty(Parse("""{ "const": 1 }""").Check(deep));
        Assert.Empty(Parse("""{ "uniqueItems": true }""").Check(JsonElement.Parse($"[{deep.GetRawText()},1]", new JsonDocumentOptions { MaxDepth = 20_000 })));
    }

    [Fact]
    public void Check_DeepestValueOfTheInbox_IsCheckedToItsEnd()
    {
        var value = JsonElement.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 63)) + "1" + new string('}', 63));

        Assert.Empty(
            Parse(
                    """
                    { "$ref": "#/$defs/n", "$defs": { "n": { "anyOf": [ { "type": "integer" },
                    { "properties": { "a": { "$ref": "#/$defs/n" } }, "required": [ "a" ] } ] } } }
                    """
                )
                .Check(value)
        );
    }

    [Theory]
    [InlineData("""{ "uniqueItems": true }""")]
    [InlineData("""{ "items": { "type": "integer", "multipleOf": 3, "minimum": -1 } }""")]
    [InlineData("""{ "contains": { "const": "x" } }""")]
    [InlineData("""{ "items": { "enum": [ "a", 1.5, [ 1 ] ] } }""")]
    [InlineData("""{ "items": { "not": { "pattern": "(a+)+$" } } }""")]
    public void Check_LongArrays_TakeLittleTime(string schema)
    {
        foreach (
            var item in new Func<int, string>[]
            {
                i => i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                i => $"\"a{i}\"",
                i => $"[{i},[{i}]]",
                i => $"{{\"k{i}\":{i}}}",
                _ => "1",
            }
        )
        {
            var value = JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 100_000).Select(item))}]");
            var clock = Stopwatch.StartNew();
            Parse(schema).Check(value);

            Assert.True(clock.Elapsed < Patience, $"{schema} took {clock.Elapsed}");
        }
    }

    [Fact]
    public void Check_LongTextsAndNumbers_TakeLittleTime()
    {
        var schema = Parse("""{ "items": { "pattern": "^(a|b?c*)+$", "format": "email", "minLength": 1, "multipleOf": 0.07, "maximum": 1e9 } }""");
        var value = JsonElement.Parse(
            $"[\"{new string('a', 1_000_000)}\",{new string('9', 1_000_000)},1e{new string('9', 100_000)},"
                + $"0.{new string('1', 1_000_000)},\"{string.Concat(Enumerable.Repeat("\\u0061", 100_000))}\"]"
        );
        var clock = Stopwatch.StartNew();
        schema.Check(value);

        Assert.True(clock.Elapsed < Patience, $"took {clock.Elapsed}");
    }

    [Fact]
    public void Check_ManyBrokenNames_TakeLittleTime()
    {
        var names = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"\\ud800{i}\":{i}"));
        var clock = Stopwatch.StartNew();
        var errors = Parse(
                $$"""{ "required": [ {{string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"r{i}\""))}} ], "propertyNames": { "minLength": 1 } }"""
            )
            .Check(JsonElement.Parse($"{{{names}}}"));

        Assert.NotEmpty(errors);
        Assert.True(clock.Elapsed < Patience, $"took {clock.Elapsed}");
    }

    public static TheoryData<string, string> HostileSchemas() =>
        new()
        {
            { "deep", string.Concat(Enumerable.Repeat("{\"not\":", 10_000)) + "true" + new string('}', 10_000) },
            { "wide", $"{{ \"allOf\": [ {Many(100_000, _ => "{}")} ] }}" },
            { "many properties", $"{{ \"properties\": {{ {Many(100_000, i => $"\"p{i}\":{{}}")} }} }}" },
            { "many keywords", $"{{ {Many(100_000, i => $"\"k{i}\":1")} }}" },
            { "many patterns", $"{{ \"patternProperties\": {{ {Many(100_000, i => $"\"p{i}[a-z]+x{{9}}\":{{}}")} }} }}" },
            { "heavy patterns", $"{{ \"allOf\": [ {Many(100, i => $"{{ \"pattern\": \"((a{{1,99}}|b?c*){{99}}){{1,{i % 9 + 1}}}(x+x+)+y\" }}")} ] }}" },
            { "many values", $"{{ \"enum\": [ {Many(100_000, i => $"{i}")} ] }}" },
            { "many names", $"{{ \"required\": [ {Many(100_000, i => $"\"n{i}\"")} ] }}" },
            { "many references to nothing", $"{{ \"allOf\": [ {Many(1_900, i => $"{{ \"$ref\": \"#/$defs/{i}\" }}")} ] }}" },
            {
                "a long chain of references",
                $"{{ \"$ref\": \"#/$defs/0\", \"$defs\": {{ {Many(1_900, i => $"\"{i}\":{{ \"$ref\": \"#/$defs/{i + 1}\" }}")}, \"1900\": {{ \"type\": "
                    + $"\"string\" }} }} }}"
            },
            {
                "a long circle of references",
                $"{{ \"$ref\": \"#/$defs/0\", \"$defs\": {{ {Many(1_900, i => $"\"{i}\":{{ \"$ref\": \"#/$defs/{(i + 1) % 1_900}\" }}")} }} }}"
            },
            { "broken names", """{ "\ud800": 1, "properties": { "\ud800": { "$ref": "\udc00" } }, "required": [ "\ud800" ] }""" },
            { "long names", $"{{ \"properties\": {{ \"{new string('n', 900_000)}\": {{ \"x\": 1 }} }}, \"{new string('k', 900_000)}\": 1 }}" },
            {
                "long numbers",
                $"{{ \"minimum\": {new string('9', 900_000)}, \"multipleOf\": 1e{new string('9', 9_000)}, \"minLength\": {new string('9', 9_000)} }}"
            },
        };

    [Theory]
    [MemberData(nameof(HostileSchemas))]
    public void Parse_HostileSchema_IsAnsweredQuicklyAndBriefly(string name, string schema)
    {
        var element = JsonElement.Parse(schema, new JsonDocumentOptions { MaxDepth = 100_000 });
        var clock = Stopwatch.StartNew();
        var compiled = PayloadSchema.Parse(element, out var flaws);
        var errors = compiled?.Check(JsonElement.Parse("""{ "a": "b", "p1": "\ud800" }"""));

        Assert.True(clock.Elapsed < Patience, $"{name} took {clock.Elapsed}");
        Assert.InRange(flaws.Count, compiled is null ? 1 : 0, SchemaLimits.Flaws);
        Assert.True(flaws.Sum(flaw => flaw.Pointer.Length + flaw.Message.Length + flaw.Remedy.Length) < 100_000);
        Assert.True(errors is null || errors.Count <= SchemaLimits.Errors);
    }

    private static PayloadSchema Parse(string schema) => PayloadSchema.Parse(JsonElement.Parse(schema));

    private static string Many(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
}
