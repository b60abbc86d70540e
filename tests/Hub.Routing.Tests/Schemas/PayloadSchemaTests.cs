using System.Runtime.CompilerServices;
using System.Text.Json;
using Hub.Routing.Schemas;

namespace Hub.Routing.Tests.Schemas;

public sealed class PayloadSchemaTests
{
    public static TheoryData<string, string, string, string[]> Values()
    {
        var data = new TheoryData<string, string, string, string[]>();
        foreach (var file in Directory.GetFiles(Data()).Where(file => !file.EndsWith("flaws.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var each in Read(file))
            {
                foreach (var value in each.GetProperty("values").EnumerateArray())
                {
                    data.Add(
                        Path.GetFileNameWithoutExtension(file),
                        each.GetProperty("schema").GetRawText(),
                        value.GetProperty("value").GetRawText(),
                        [.. value.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)]
                    );
                }
            }
        }

        return data;
    }

    public static TheoryData<string, string[]> FlawedSchemas() =>
        new(
            Read(Path.Combine(Data(), "flaws.json"))
                .Select(each =>
                    (each.GetProperty("schema").GetRawText(), each.GetProperty("flaws").EnumerateArray().Select(flaw => flaw.GetString()!).ToArray())
                )
        );

    [Theory]
    [MemberData(nameof(Values))]
    public void Check_Value_FindsExactlyTheseErrors(string file, string schema, string value, string[] errors)
    {
        var found = PayloadSchema.Parse(JsonElement.Parse(schema)).Check(JsonElement.Parse(value));

        Assert.NotEmpty(file);
        Assert.Equal(errors, found.Select(error => $"{error.Pointer} {error.Keyword}"));
        Assert.All(found, error => Assert.True(error.Message.Length > 10 && error.Message.EndsWith('.'), error.Message));
    }

    [Theory]
    [MemberData(nameof(FlawedSchemas))]
    public void Parse_SchemaOutsideTheSubset_NamesEveryPlace(string schema, string[] flaws)
    {
        Assert.Null(PayloadSchema.Parse(JsonElement.Parse(schema), out var found));

        Assert.Equal(flaws, found.Select(flaw => flaw.Pointer).Order(StringComparer.Ordinal));
        Assert.All(found, flaw => Assert.True(flaw.Message.Length > 10 && flaw.Remedy.Length > 5, flaw.ToString()));
        Assert.Throws<FormatException>(() => PayloadSchema.Parse(JsonElement.Parse(schema)));
    }

    [Theory]
    [InlineData("""{ "requierd": [] }""", "Did you mean 'required'?")]
    [InlineData("""{ "definitions": {} }""", "Write $defs, and refer to #/$defs/name.")]
    [InlineData("""{ "type": "sting" }""", "Did you mean 'string'?")]
    [InlineData("""{ "format": "datetime" }""", "Did you mean 'date-time'? Or write a pattern.")]
    [InlineData("""{ "$ref": "https://example.com" }""", "Refer to #/$defs/name or to #; schemas elsewhere are not fetched, copy them into $defs.")]
    public void Parse_Misspelling_SuggestsWhatWasMeant(string schema, string remedy)
    {
        PayloadSchema.Parse(JsonElement.Parse(schema), out var flaws);

        Assert.Equal(remedy, Assert.Single(flaws).Remedy);
    }

    [Theory]
    [InlineData("""{ "type": ["integer", "null"] }""", "1.5", "This must be a whole number or null, and is a number with a fraction.")]
    [InlineData("""{ "type": "string" }""", "[]", "This must be a text, and is an array.")]
    [InlineData("""{ "required": ["id"] }""", "{}", "'id' is missing.")]
    [InlineData(
        """{ "properties": { "amount": {} }, "additionalProperties": false }""",
        """{ "amuont": 1 }""",
        "There must be no 'amuont' here; 'amount' may be meant."
    )]
    [InlineData("""{ "minLength": 1 }""", "\"\"", "This must have at least 1 character, and has 0.")]
    [InlineData("""{ "enum": ["a", 2] }""", "3", "This must be one of \"a\", 2.")]
    [InlineData("""{ "minimum": 0.5 }""", "0", "This must be at least 0.5.")]
    [InlineData("""{ "format": "date" }""", "\"x\"", "This must be a date such as 2026-03-01.")]
    [InlineData("""{ "uniqueItems": true }""", "[1,2,1]", "No two items may be equal, and those at 0 and 2 are.")]
    public void Check_Error_IsASentence(string schema, string value, string message) =>
        Assert.Equal(message, Assert.Single(PayloadSchema.Parse(JsonElement.Parse(schema)).Check(JsonElement.Parse(value))).Message);

    [Fact]
    public void Check_Message_RepeatsNoValues()
    {
        var schema = PayloadSchema.Parse(
            JsonElement.Parse("""{ "properties": { "a": { "const": 1 }, "b": { "pattern": "^x$" }, "c": { "format": "email" }, "d": { "enum": [ 1 ] } } }""")
        );

        Assert.DoesNotContain(
            "s3cret",
            string.Concat(schema.Check(JsonElement.Parse("""{ "a": "s3cret", "b": "s3cret", "c": "s3cret", "d": [ "s3cret" ] }"""))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Check_LongNameWithAnEmojiAtTheCut_NamesASoundPlace()
    {
        var error = Assert.Single(
            PayloadSchema
                .Parse(JsonElement.Parse("""{ "additionalProperties": false, "patternProperties": { "^k": { "type": "string" } } }"""))
                .Check(JsonElement.Parse($"{{ \"{new string('k', 199)}😀\": 1 }}"))
        );

        Assert.Equal('/' + new string('k', 199), error.Pointer);
    }

    private static IEnumerable<JsonElement> Read(string file) => JsonElement.Parse(File.ReadAllBytes(file)).EnumerateArray();

    private static string Data([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "TestData");
}
