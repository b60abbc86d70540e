using System.Text;
using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Tests.Conditions;

public sealed class ConditionRulesTests
{
    // found ("-" is absent), operator, value ("-" is none), expected
    [Theory]
    [InlineData("1", "equals", "1", true)]
    [InlineData("1", "equals", "1.0", true)]
    [InlineData("100", "equals", "1e2", true)]
    [InlineData("-0", "equals", "0.0e9", true)]
    [InlineData("0.1", "equals", "1e-1", true)]
    [InlineData("12345678901234567890123456789012345678901234567890", "equals", "12345678901234567890123456789012345678901234567890.0", true)]
    [InlineData("12345678901234567890123456789012345678901234567890", "equals", "12345678901234567890123456789012345678901234567891", false)]
    [InlineData("9007199254740993", "equals", "9007199254740992", false)]
    [InlineData("1e999999999999999999999", "equals", "1", false)]
    [InlineData("1", "equals", "\"1\"", false)]
    [InlineData("true", "equals", "\"true\"", false)]
    [InlineData("true", "equals", "1", false)]
    [InlineData("null", "equals", "null", true)]
    [InlineData("null", "equals", "false", false)]
    [InlineData("-", "equals", "null", false)]
    [InlineData("\"a\"", "equals", "\"A\"", false)]
    [InlineData("\"\\u00e9\"", "equals", "\"é\"", true)]
    [InlineData("\"e\\u0301\"", "equals", "\"é\"", false)]
    [InlineData("[1,2]", "equals", "[1.0,2]", true)]
    [InlineData("[1,2]", "equals", "[2,1]", false)]
    [InlineData("{\"a\":1,\"b\":[2]}", "equals", "{\"b\":[2],\"a\":1}", true)]
    [InlineData("{\"a\":1}", "equals", "{\"a\":1,\"b\":2}", false)]
    [InlineData("{\"a\":1}", "equals", "{\"A\":1}", false)]
    [InlineData("1", "not_equals", "\"1\"", true)]
    [InlineData("1", "not_equals", "1.0", false)]
    [InlineData("-", "not_equals", "1", true)]
    [InlineData("-", "not_equals", "null", true)]
    [InlineData("2", "greater_than", "1.5", true)]
    [InlineData("2", "greater_than", "2.0", false)]
    [InlineData("\"b\"", "greater_than", "\"a\"", true)]
    [InlineData("\"2\"", "greater_than", "1", false)]
    [InlineData("2", "greater_than", "\"1\"", false)]
    [InlineData("-", "greater_than", "1", false)]
    [InlineData("-1", "greater_than", "-2", true)]
    [InlineData("-1e400", "greater_than", "-1e401", true)]
    [InlineData("2", "greater_than_or_equal", "2.0", true)]
    [InlineData("1e400", "less_than", "1e401", true)]
    [InlineData("0.001", "less_than", "0.01", true)]
    [InlineData("0", "less_than", "1e-400", true)]
    [InlineData("-", "less_than", "1", false)]
    [InlineData("\"10\"", "less_than", "\"9\"", true)]
    [InlineData("1", "less_than_or_equal", "1", true)]
    [InlineData("null", "less_than_or_equal", "1", false)]
    [InlineData("\"2026-03-01T10:00:00+02:00\"", "before", "\"2026-03-01T09:00:00Z\"", true)]
    [InlineData("\"2026-03-01T09:00:00.123456789Z\"", "after", "\"2026-03-01T09:00:00.1Z\"", true)]
    [InlineData("\"2026-03-01T09:00Z\"", "after", "\"2026-03-01T08:59:59Z\"", true)]
    [InlineData("\"2026-03-01T09:00:00\"", "before", "\"2027-03-01T09:00:00Z\"", false)]
    [InlineData("1700000000", "before", "\"2027-03-01T09:00:00Z\"", false)]
    [InlineData("\"2026-02-30T09:00:00Z\"", "before", "\"2027-03-01T09:00:00Z\"", false)]
    [InlineData("\"hello\"", "contains", "\"ell\"", true)]
    [InlineData("\"hello\"", "contains", "\"ELL\"", false)]
    [InlineData("\"hello 1\"", "contains", "1", false)]
    [InlineData("[1,\"2\"]", "contains", "1.0", true)]
    [InlineData("[1,\"2\"]", "contains", "2", false)]
    [InlineData("[{\"a\":[1]}]", "contains", "{\"a\":[1]}", true)]
    [InlineData("{\"key\":1}", "contains", "\"key\"", true)]
    [InlineData("{\"key\":1}", "contains", "1", false)]
    [InlineData("5", "contains", "5", false)]
    [InlineData("-", "contains", "5", false)]
    [InlineData("\"hello\"", "starts_with", "\"he\"", true)]
    [InlineData("\"hello\"", "ends_with", "\"lo\"", true)]
    [InlineData("12", "starts_with", "\"1\"", false)]
    [InlineData("\"abc-123\"", "matches", "\"^[a-z]+-\\\\d+$\"", true)]
    [InlineData("\"abc\"", "matches", "\"B\"", false)]
    [InlineData("12", "matches", "\"12\"", false)]
    [InlineData("2", "in", "[1,2.0]", true)]
    [InlineData("\"2\"", "in", "[1,2]", false)]
    [InlineData("null", "in", "[null]", true)]
    [InlineData("-", "in", "[null]", false)]
    [InlineData("[1]", "in", "[[1]]", true)]
    [InlineData("null", "exists", "-", true)]
    [InlineData("-", "exists", "-", false)]
    [InlineData("-", "is_empty", "-", true)]
    [InlineData("null", "is_empty", "-", true)]
    [InlineData("\"\"", "is_empty", "-", true)]
    [InlineData("[]", "is_empty", "-", true)]
    [InlineData("{}", "is_empty", "-", true)]
    [InlineData("\" \"", "is_empty", "-", false)]
    [InlineData("0", "is_empty", "-", false)]
    [InlineData("false", "is_empty", "-", false)]
    [InlineData("[null]", "is_empty", "-", false)]
    [InlineData("1.0", "is_type", "\"integer\"", true)]
    [InlineData("1.5", "is_type", "\"integer\"", false)]
    [InlineData("15e-1", "is_type", "\"integer\"", false)]
    [InlineData("150e-1", "is_type", "\"integer\"", true)]
    [InlineData("1.5", "is_type", "\"number\"", true)]
    [InlineData("\"1\"", "is_type", "\"number\"", false)]
    [InlineData("\"1\"", "is_type", "\"string\"", true)]
    [InlineData("false", "is_type", "\"boolean\"", true)]
    [InlineData("{}", "is_type", "\"object\"", true)]
    [InlineData("[]", "is_type", "\"array\"", true)]
    [InlineData("null", "is_type", "\"null\"", true)]
    [InlineData("-", "is_type", "\"null\"", false)]
    public void Evaluate_Operator_FollowsItsRule(string found, string op, string value, bool expected)
    {
        var result = Evaluate(found, $$"""{ "path": "$.x", "op": "{{op}}"{{(value == "-" ? "" : $", \"value\": {value}")}} }""");

        Assert.Equal(expected, result.Value);
        Assert.Null(result.Error);
    }

    [Theory]
    [InlineData("\"ÄB\"", "equals", "\"äb\"")]
    [InlineData("[\"A\"]", "equals", "[\"a\"]")]
    [InlineData("\"Hello\"", "contains", "\"ELL\"")]
    [InlineData("[\"A\"]", "contains", "\"a\"")]
    [InlineData("{\"Key\":1}", "contains", "\"key\"")]
    [InlineData("\"Hello\"", "starts_with", "\"he\"")]
    [InlineData("\"Hello\"", "ends_with", "\"LO\"")]
    [InlineData("\"Hello\"", "matches", "\"^hELLO$\"")]
    [InlineData("\"A\"", "in", "[\"a\"]")]
    [InlineData("\"B\"", "greater_than", "\"a\"")]
    public void Evaluate_IgnoreCase_LetsLettersMatch(string found, string op, string value)
    {
        Assert.True(Evaluate(found, $$"""{ "path": "$.x", "op": "{{op}}", "value": {{value}}, "ignoreCase": true }""").Value);
        Assert.False(Evaluate(found, $$"""{ "path": "$.x", "op": "{{op}}", "value": {{value}} }""").Value);
    }

    [Theory]
    [InlineData("""{ "path": "$.x", "op": "equals", "value": { "$path": "$.y" } }""", true)]
    [InlineData("""{ "path": "$.x", "op": "equals", "value": "{{ y }}" }""", true)]
    [InlineData("""{ "path": "$.x", "op": "equals", "value": { "$path": "$.none" } }""", false)]
    [InlineData("""{ "path": "$.none", "op": "equals", "value": { "$path": "$.none" } }""", false)]
    [InlineData("""{ "path": "$.x", "op": "not_equals", "value": { "$path": "$.none" } }""", true)]
    [InlineData("""{ "path": "$.x", "op": "less_than", "value": { "$path": "$.none" } }""", false)]
    [InlineData("""{ "path": "$.x", "op": "in", "value": { "$path": "$.list" } }""", true)]
    [InlineData("""{ "path": "$.x", "op": "in", "value": { "$path": "$.y" } }""", false)]
    [InlineData("""{ "path": "$.text", "op": "equals", "value": "n{{ y }}n" }""", true)]
    public void Evaluate_ValueFromRunContext_IsComparedWithItsType(string condition, bool expected) =>
        Assert.Equal(expected, Condition.Parse(Json(condition)).Evaluate(Json("""{ "x": 5, "y": 5.0, "list": [ 4, 5 ], "text": "n5.0n" }""")).Value);

    [Theory]
    [InlineData("""{ "all": [ T, T ] }""", true)]
    [InlineData("""{ "all": [ T, F ] }""", false)]
    [InlineData("""{ "any": [ F, T ] }""", true)]
    [InlineData("""{ "any": [ F, F ] }""", false)]
    [InlineData("""{ "not": T }""", false)]
    [InlineData("""{ "not": { "any": [ F, { "all": [ T, { "not": T } ] } ] } }""", true)]
    public void Evaluate_Groups_CombineTheirParts(string condition, bool expected)
    {
        var text = condition
            .Replace(" T", """ { "path": "$.x", "op": "exists" }""", StringComparison.Ordinal)
            .Replace(" F", """ { "path": "$.y", "op": "exists" }""", StringComparison.Ordinal);

        Assert.Equal(expected, Condition.Parse(Json(text)).Evaluate(Json("""{ "x": 1 }""")).Value);
    }

    [Fact]
    public void Evaluate_ListOfNonSingularPath_IsAnArray()
    {
        Assert.SkipWhen(Routing.JsonPath.JsonPathQuery.Parse("$.x[*]").IsSingular, "the path language in place has no wildcards");
        var data = Json("""{ "x": [ { "a": 1 }, { "a": 2 } ] }""");

        Assert.True(Holds("""{ "path": "$.x[*].a", "op": "equals", "value": [ 1, 2.0 ] }"""));
        Assert.True(Holds("""{ "path": "$.x[*].a", "op": "contains", "value": 2 }"""));
        Assert.True(Holds("""{ "path": "$.x[*].a", "op": "exists" }"""));
        Assert.False(Holds("""{ "path": "$.x[*].b", "op": "exists" }"""));
        Assert.True(Holds("""{ "path": "$.x[*].b", "op": "is_empty" }"""));
        Assert.True(Holds("""{ "path": "$.x[0].a", "op": "in", "value": { "$path": "$.x[*].a" } }"""));

        bool Holds(string condition) => Condition.Parse(Json(condition)).Evaluate(data).Value;
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[\"\\udfff\", \"\\ud800\"]")]
    [InlineData("{\"\\ud800\":\"\\udc00\"}")]
    [InlineData("\"\\ud800\\ud800\\udc00 and more\"")]
    public void Evaluate_HalfSurrogates_NeverThrow(string found)
    {
        foreach (
            var op in new[] { "equals", "not_equals", "contains", "in", "greater_than", "before", "starts_with", "matches", "is_type", "is_empty", "exists" }
        )
        {
            var value = op switch
            {
                "in" => """, "value": [ "x", { "x": 1 } ]""",
                "matches" => """, "value": "x" """,
                "before" => """, "value": "2026-01-01T00:00:00Z" """,
                "is_type" => """, "value": "string" """,
                "exists" or "is_empty" => "",
                _ => """, "value": "x" """,
            };
            var result = Evaluate(found, $$"""{ "path": "$.x", "op": "{{op}}"{{value}} }""");
            Assert.Null(result.Error);
            Assert.NotEmpty(Explain(result));
        }

        Assert.True(Evaluate(found, $$"""{ "path": "$.x", "op": "equals", "value": {{found}} }""").Value);
    }

    [Fact]
    public void Evaluate_InvalidUtf8_NeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes("""{ "x": "??" }""");
        bytes.AsSpan().Replace((byte)'?', (byte)0xFF);
        var result = Condition.Parse(Json("""{ "path": "$.x", "op": "contains", "value": "a" }""")).Evaluate(JsonElement.Parse(bytes));

        Assert.False(result.Value);
        Assert.Contains("\uFFFD", Explain(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_PatternThatWouldBacktrack_IsFast()
    {
        var result = Evaluate($"\"{new string('a', 100_000)}!\"", """{ "path": "$.x", "op": "matches", "value": "^(a+)+$" }""");

        Assert.False(result.Value);
        Assert.Null(result.Error);
    }

    [Fact]
    public void Parse_BrokenCondition_ThrowsFormatException() =>
        Assert.Throws<FormatException>(() => Condition.Parse(Json("""{ "path": "$.x", "op": "like", "value": 1 }""")));

    internal static JsonElement Json(string text) => JsonElement.Parse(text);

    internal static ConditionResult Evaluate(string found, string condition) =>
        Condition.Parse(Json(condition)).Evaluate(Json(found == "-" ? "{}" : $$"""{ "x": {{found}} }"""));

    internal static string Explain(ConditionResult result)
    {
        using var stream = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        )
        {
            result.Why.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
