using System.Text.Json;
using Hub.Fields.Charsets;
using Hub.Signatures;

namespace Hub.Engine.Bodies;

/// <summary>The fields of a form or a query in the order in which they came; a name that came several times has an array.</summary>
internal sealed class FormFields
{
    private readonly OrderedDictionary<string, List<FormValue>> _values = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How a value was read whose bytes did not all mean something; null when there is none.</summary>
    public DecodedText? Lossy { get; private set; }

    /// <summary>False when there are too many, or the name is too long.</summary>
    public bool TryAdd(string name, FormValue value)
    {
        if (++_count > FormLimits.MaxFields || name.Length > FormLimits.MaxNameLength)
        {
            return false;
        }

        Add(name, value);
        return true;
    }

    /// <summary>The same for a text with its charset.</summary>
    public bool TryAdd(string name, DecodedText text)
    {
        Lossy = text.IsLossy ? text : Lossy;
        return TryAdd(name, new FormValue(text.Text));
    }

    /// <summary>The text of the first field with this name; null when there is none.</summary>
    public string? TextOf(string name) => _values.TryGetValue(name, out var values) ? values[0].Text : null;

    public void Add(string name, FormValue value)
    {
        name = WellFormedText.Of(name);
        if (_values.TryGetValue(name, out var values))
        {
            values.Add(value);
        }
        else
        {
            _values.Add(name, [value]);
        }
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, values) in _values)
        {
            writer.WritePropertyName(name);
            if (values.Count == 1)
            {
                values[0].WriteTo(writer);
                continue;
            }

            writer.WriteStartArray();
            foreach (var value in values)
            {
                value.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
