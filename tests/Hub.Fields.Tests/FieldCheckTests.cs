using System.Text.Json;

namespace Hub.Fields.Tests;

public sealed class FieldCheckTests
{
    [Theory]
    [InlineData(FieldType.Text, "\"a\"", FieldFit.Fits, null)]
    [InlineData(FieldType.Text, "1.50", FieldFit.StandsFor, "\"1.50\"")]
    [InlineData(FieldType.Text, "true", FieldFit.StandsFor, "\"true\"")]
    [InlineData(FieldType.Text, "{}", FieldFit.WrongType, null)]
    [InlineData(FieldType.Text, "[1]", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "5", FieldFit.Fits, null)]
    [InlineData(FieldType.Number, "\"5\"", FieldFit.StandsFor, "5")]
    [InlineData(FieldType.Number, "\"-0.5e+3\"", FieldFit.StandsFor, "-0.5e+3")]
    [InlineData(FieldType.Number, "\"12345678901234567890123456789012\"", FieldFit.StandsFor, "12345678901234567890123456789012")]
    [InlineData(FieldType.Number, "\"\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"05\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"-00\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"5.\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"1e\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"--5\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "\"5 \"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Number, "true", FieldFit.WrongType, null)]
    [InlineData(FieldType.Boolean, "false", FieldFit.Fits, null)]
    [InlineData(FieldType.Boolean, "\"false\"", FieldFit.StandsFor, "false")]
    [InlineData(FieldType.Boolean, "\"True\"", FieldFit.StandsFor, "true")]
    [InlineData(FieldType.Boolean, "\"yes\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Boolean, "1", FieldFit.WrongType, null)]
    [InlineData(FieldType.Object, "{}", FieldFit.Fits, null)]
    [InlineData(FieldType.Object, "\"{}\"", FieldFit.WrongType, null)]
    [InlineData(FieldType.Array, "[]", FieldFit.Fits, null)]
    [InlineData(FieldType.Array, "{}", FieldFit.WrongType, null)]
    [InlineData(FieldType.Duration, "\"PT30S\"", FieldFit.Fits, null)]
    [InlineData(FieldType.Duration, "\"1.5h\"", FieldFit.Fits, null)]
    [InlineData(FieldType.Duration, "\"soon\"", FieldFit.NoDuration, null)]
    [InlineData(FieldType.Duration, "\"\\ud800\"", FieldFit.NoDuration, null)]
    [InlineData(FieldType.Duration, "30", FieldFit.WrongType, null)]
    [InlineData(FieldType.Any, "[{}]", FieldFit.Fits, null)]
    public void Of_Value_FitsOrStandsForOrIsRefused(FieldType type, string json, FieldFit expected, string? replacement) =>
        Check(new Field("x", type, null), json, expected, replacement);

    [Theory]
    [InlineData("\"GET\"", FieldFit.Fits, null)]
    [InlineData("\"pAtCh\"", FieldFit.StandsFor, "\"PATCH\"")]
    [InlineData("\"PSOT\"", FieldFit.NoChoice, null)]
    [InlineData("\"\"", FieldFit.NoChoice, null)]
    [InlineData("true", FieldFit.WrongType, null)]
    public void Of_Choice_IsTakenWhateverItsCase(string json, FieldFit expected, string? replacement) =>
        Check(new Field("x", FieldType.Text, ["GET", "PATCH"]), json, expected, replacement);

    private static void Check(Field field, string json, FieldFit expected, string? replacement)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(expected, FieldCheck.Of(field, document.RootElement));
        Assert.Equal(replacement is not null, FieldCheck.TryReplace(field, document.RootElement, out var replaced));
        Assert.Equal(replacement, replaced);
        using var input = JsonDocument.Parse($$"""{ "x": {{json}} }""");
        Assert.Equal(expected is FieldFit.Fits or FieldFit.StandsFor ? 0 : 1, FieldCheck.ErrorsOf([field], input.RootElement).Count);
    }

    private sealed record Field(string Name, FieldType Type, IReadOnlyList<string>? Choices) : IField;
}
