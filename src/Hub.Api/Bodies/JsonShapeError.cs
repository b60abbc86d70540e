using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;

namespace Hub.Api.Bodies;

/// <summary>Why JSON is not what an operation takes, without the names of our types.</summary>
internal static partial class JsonShapeError
{
    /// <param name="exception">What the serializer said of it.</param>
    /// <param name="utf8">The whole text, which is JSON.</param>
    public static string SentenceOf(JsonException exception, ReadOnlySpan<byte> utf8)
    {
        var token = TokenAt(exception, utf8, out var start);
        var at = JsonSyntaxError.At(start, utf8);
        var place = exception.Path is { } path ? $" at {path}" : "";
        return $"{ProblemOf(exception.InnerException is { } inner ? inner.Message : exception.Message, token)}{place} (line {at.Line}, column {at.Column}).";
    }

    private static string ProblemOf(string message, JsonTokenType token)
    {
        if (message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return "there is a property that is not known here";
        }

        if (message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "there is a property that was given before; give it once";
        }

        if (message.Contains("depth", StringComparison.Ordinal))
        {
            return "a value is nested too deep";
        }

        var wanted = WantedType().Match(message) is { Success: true } match ? Wanted(match.Groups["type"].Value) : null;
        return (wanted, token) switch
        {
            (_, JsonTokenType.String) when message.Contains("UTF-16", StringComparison.Ordinal) =>
                "a text holds half a character, a \\ud800 to \\udfff without its other half,",
            (null, _) => "a value is of the wrong type",
            _ => $"{wanted} is wanted and not {Found(token)}",
        };
    }

    private static string Wanted(string type) =>
        type.Contains("DateTimeOffset", StringComparison.Ordinal) ? "a time with its offset, such as \"2026-01-31T12:00:00Z\","
        : type.Contains("Guid", StringComparison.Ordinal) ? "an id"
        : type.Contains("List", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) ? "a list"
        : type.Contains("oolean", StringComparison.Ordinal) ? "true or false"
        : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
        : type is "number" or "System.Double" or "System.Decimal" ? "a number"
        : type is "string" or "System.String" ? "a text"
        : "an object";

    private static string Found(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.String => "this text",
            JsonTokenType.Number => "this number",
            JsonTokenType.True or JsonTokenType.False => "true or false",
            JsonTokenType.Null => "null",
            JsonTokenType.StartArray => "a list",
            _ => "an object",
        };

    /// <summary>The token that the serializer had read last: it tells the place behind it.</summary>
    private static JsonTokenType TokenAt(JsonException exception, ReadOnlySpan<byte> utf8, out int start)
    {
        var end = JsonSyntaxError.OffsetOf(exception, utf8);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 1000 });
        while (reader.Read() && reader.BytesConsumed < end) { }

        start = (int)reader.TokenStartIndex;
        return reader.TokenType;
    }

    [GeneratedRegex(
        """(could not be converted to|as an?|in a supported (?!format)|out of bounds for an?) ?(?<type>[^ ]+?)(?=\.?( |$))""",
        RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex WantedType();
}
