using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;
using Hub.Routing.Schemas.Rules;

namespace Hub.Routing.Schemas.Reading;

/// <summary>The keywords of one schema and their arguments. What does not fit is reported, and read as absent.</summary>
internal sealed class SchemaObject
{
    private readonly SchemaReader _reader;
    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);
    private readonly string _pointer;
    private readonly int _depth;

    public SchemaObject(SchemaReader reader, JsonElement element, string pointer, int depth)
    {
        _reader = reader;
        _pointer = pointer;
        _depth = depth;
        foreach (var member in element.EnumerateObject())
        {
            _keywords[JsonText.ReadName(member)] = member.Value;
        }
    }

    public bool IsRoot => _pointer.Length == 0;

    public bool Has(string keyword) => _keywords.ContainsKey(keyword);

    public JsonElement Argument(string keyword) => _keywords.GetValueOrDefault(keyword);

    public void Refuse(string keyword, string message, string remedy) => _reader.Refuse($"{_pointer}/{Escape(keyword)}", message, remedy);

    /// <summary>Reports every keyword that is not offered.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _keywords.Keys)
        {
            if (_reader.IsFull)
            {
                break;
            }

            if (!SchemaKeywords.Names.Contains(name))
            {
                Refuse(name, $"The keyword '{NearestName.Shorten(name)}' is not offered, and would not be checked.", SchemaKeywords.Advise(name));
            }
        }
    }

    /// <summary>Reports keywords that do nothing without another one.</summary>
    public void RefuseWithout(string needed, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in Has(needed) ? [] : keywords)
        {
            if (Has(keyword))
            {
                Refuse(keyword, $"'{keyword}' checks nothing without '{needed}'.", $"Add '{needed}', or leave it out.");
            }
        }
    }

    public long? Count(string keyword)
    {
        if (!Has(keyword))
        {
            return null;
        }

        if (
            Argument(keyword) is { ValueKind: JsonValueKind.Number } number
            && number.TryGetDecimal(out var count)
            && count >= 0
            && decimal.IsInteger(count)
            && count <= long.MaxValue
        )
        {
            return (long)count;
        }

        Refuse(keyword, $"'{keyword}' is a whole number, 0 or more.", "Write a number such as 1.");
        return null;
    }

    public JsonElement? Number(string keyword)
    {
        if (!Has(keyword))
        {
            return null;
        }

        if (Argument(keyword) is { ValueKind: JsonValueKind.Number } number)
        {
            return number;
        }

        Refuse(keyword, $"'{keyword}' is a number.", "Write a number without quotes.");
        return null;
    }

    public string? Text(string keyword)
    {
        if (!Has(keyword))
        {
            return null;
        }

        if (Argument(keyword) is { ValueKind: JsonValueKind.String } text)
        {
            return JsonText.Read(text);
        }

        Refuse(keyword, $"'{keyword}' is a text.", "Write a text in quotes.");
        return null;
    }

    public bool Flag(string keyword)
    {
        if (Has(keyword) && Argument(keyword).ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Refuse(keyword, $"'{keyword}' is true or false.", "Write true or false without quotes.");
        }

        return Argument(keyword).ValueKind == JsonValueKind.True;
    }

    public IReadOnlyList<JsonElement> Values(string keyword)
    {
        if (Argument(keyword) is { ValueKind: JsonValueKind.Array } values && values.GetArrayLength() is > 0 and <= SchemaLimits.Values)
        {
            return [.. values.EnumerateArray()];
        }

        Refuse(keyword, $"'{keyword}' is an array of 1 to {SchemaLimits.Values} values.", "List the values that are allowed.");
        return [];
    }

    public IReadOnlyList<string> TextsOf(string keyword) => TextsOf(Argument(keyword), $"{_pointer}/{keyword}");

    public SchemaNode? Schema(string keyword) => Has(keyword) ? _reader.ReadNode(Argument(keyword), $"{_pointer}/{keyword}", _depth + 1) : null;

    public IReadOnlyList<SchemaNode> Schemas(string keyword)
    {
        if (!Has(keyword))
        {
            return [];
        }

        if (Argument(keyword) is { ValueKind: JsonValueKind.Array } schemas && schemas.GetArrayLength() > 0)
        {
            return
            [
                .. schemas
                    .EnumerateArray()
                    .Take(SchemaLimits.Schemas + 1)
                    .Select((schema, index) => _reader.ReadNode(schema, $"{_pointer}/{keyword}/{index}", _depth + 1)),
            ];
        }

        Refuse(keyword, $"'{keyword}' is an array of at least one schema.", $"Write \"{keyword}\": [ {{ ... }} ].");
        return [];
    }

    public IReadOnlyList<(string Name, SchemaNode Schema)> SchemaMap(string keyword) =>
        [.. Members(keyword).Select(member => (member.Name, _reader.ReadNode(member.Value, member.Pointer, _depth + 1)))];

    public IReadOnlyList<(Regex Pattern, SchemaNode Schema)> PatternMap(string keyword)
    {
        var map = new List<(Regex, SchemaNode)>();
        foreach (var (name, value, pointer) in Members(keyword))
        {
            var schema = _reader.ReadNode(value, pointer, _depth + 1);
            if (_reader.ReadPattern(name, pointer) is { } pattern)
            {
                map.Add((pattern, schema));
            }
        }

        return map;
    }

    public IEnumerable<(string Name, IReadOnlyList<string> Texts)> TextsMap(string keyword) =>
        Members(keyword).Select(member => (member.Name, TextsOf(member.Value, member.Pointer)));

    public Regex? Pattern(string keyword) => Text(keyword) is { } pattern ? _reader.ReadPattern(pattern, $"{_pointer}/{keyword}") : null;

    public ReferenceRule? Reference(string keyword) => Text(keyword) is { } reference ? _reader.ReadReference(reference, $"{_pointer}/{keyword}") : null;

    private IEnumerable<(string Name, JsonElement Value, string Pointer)> Members(string keyword)
    {
        if (!Has(keyword))
        {
            yield break;
        }

        var argument = Argument(keyword);
        if (argument.ValueKind != JsonValueKind.Object)
        {
            Refuse(keyword, $"'{keyword}' is an object.", $"Write \"{keyword}\": {{ \"name\": ... }}.");
            yield break;
        }

        foreach (var member in argument.EnumerateObject().Take(SchemaLimits.Schemas + 1))
        {
            var name = JsonText.ReadName(member);
            if (name.Length > SchemaLimits.NameLength)
            {
                Refuse(keyword, $"A name has {name.Length} characters; {SchemaLimits.NameLength} are allowed.", "Shorten it.");
                continue;
            }

            yield return (name, member.Value, $"{_pointer}/{keyword}/{Escape(name)}");
        }
    }

    private IReadOnlyList<string> TextsOf(JsonElement argument, string pointer)
    {
        if (
            argument.ValueKind == JsonValueKind.Array
            && argument.GetArrayLength() <= SchemaLimits.Values
            && argument.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
        )
        {
            return [.. argument.EnumerateArray().Select(JsonText.Read).Distinct(StringComparer.Ordinal)];
        }

        _reader.Refuse(pointer, $"This is an array of up to {SchemaLimits.Values} names.", "List the names as texts.");
        return [];
    }

    private static string Escape(string name) => PointerText.Escape(name.Length > SchemaLimits.NameLength ? NearestName.Shorten(name) : name);
}
