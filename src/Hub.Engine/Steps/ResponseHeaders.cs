using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Routing.Workflows;

namespace Hub.Engine.Steps;

/// <summary>Reads the headers of a <c>respond</c> step. What is sent under the hub's own address is kept to what cannot harm it.</summary>
internal static class ResponseHeaders
{
    private const int Most = 50;
    private const int MostCharacters = 16 << 10;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>What is printable in ISO 8859-1, in which headers go out.</summary>
    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Concat(Enumerable.Range('\u00A0', '\u00FF' - '\u00A0' + 1)).Select(c => (char)c),
    ]);

    /// <summary>A header that is null is left out. The error is a sentence.</summary>
    public static bool TryRead(JsonElement input, out List<KeyValuePair<string, string>> headers, [NotNullWhen(false)] out string? error)
    {
        (headers, error) = ([], null);
        if (!input.TryGetProperty("headers", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            error = "'headers' is not an object of names and texts.";
            return false;
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var characters = 0;
        foreach (var header in given.EnumerateObject().Where(header => header.Value.ValueKind != JsonValueKind.Null))
        {
            var name = header.Name;
            var value = TextOf(header.Value);
            error = ErrorOf(name, value);
            error ??= seen.Add(name) ? null : $"The header '{name}' is there twice: capitals make no difference.";
            if (error is not null)
            {
                return false;
            }

            characters += name.Length + value!.Length;
            headers.Add(KeyValuePair.Create(name, value));
        }

        error = headers.Count > Most || characters > MostCharacters ? $"An answer has at most {Most} headers, of {MostCharacters} characters together." : null;
        return error is null;
    }

    /// <summary>A template that is one expression keeps a number or a boolean as such; in a header it is its text.</summary>
    private static string? TextOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };

    private static string? ErrorOf(string name, string? value) =>
        name.Length is 0 or > 256 || name.AsSpan().ContainsAnyExcept(NameCharacters)
            ? "'headers' has a name that is none. Write letters, digits and hyphens, such as X-Order-Id."
        : FlowSteps.IsServerHeader(name) ? $"The header '{name}' cannot be set by a workflow. Leave it out."
        : value is null ? $"The header '{name}' is not a text."
        : value.AsSpan().ContainsAnyExcept(ValueCharacters)
            ? $"The header '{name}' has a character that headers cannot carry. Write printable ISO 8859-1 on one line, or percent-encode it."
        : null;
}
