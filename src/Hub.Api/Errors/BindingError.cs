using System.Text.RegularExpressions;
using Hub.Fields;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api.Errors;

/// <summary>What the framework says about a request that it cannot bind, without the names of its types.</summary>
internal static partial class BindingError
{
    private const int LongestValue = 100;

    public static ProblemHttpResult ProblemOf(BadHttpRequestException exception) =>
        Value().Match(exception.Message) is { Success: true } value
            ? OfValue(CamelCase(value.Groups["name"].Value), value.Groups["value"].Value, Wanted(value.Groups["type"].Value))
            : Problems.Create(exception.StatusCode, "bad_request", SentenceOf(exception));

    /// <summary>Refuses the value of a parameter.</summary>
    public static ProblemHttpResult OfValue(string parameter, string given, string wanted) =>
        Problems.OfParameter(
            "parameter_invalid",
            parameter,
            $"The parameter '{parameter}' cannot be '{Characters.CutUnits(given, LongestValue)}'. Give {wanted}."
        );

    private static string SentenceOf(BadHttpRequestException exception) =>
        exception.StatusCode == StatusCodes.Status415UnsupportedMediaType ? "Send the body as JSON, with the header 'Content-Type: application/json'."
        : exception.Message.Contains("body", StringComparison.Ordinal)
            ? "The request needs a body. Send it as JSON, with the header 'Content-Type: application/json'."
        : "The request cannot be read: a parameter is missing or malformed.";

    private static string Wanted(string type) =>
        type.Contains(nameof(Guid), StringComparison.Ordinal) ? $"an id, such as {IdText.Example}"
        : type.Contains(nameof(DateTimeOffset), StringComparison.Ordinal) ? "a time with its offset, such as 2026-01-31T12:00:00Z"
        : type.Contains("bool", StringComparison.OrdinalIgnoreCase) ? "true or false"
        : type.Contains("int", StringComparison.OrdinalIgnoreCase) || type.Contains("long", StringComparison.Ordinal) ? "a whole number"
        : "another value";

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(
        """^Failed to bind parameter "(?<type>[^"]+) (?<name>[^" ]+)" from "(?<value>.*)"\.$""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        200
    )]
    private static partial Regex Value();
}
