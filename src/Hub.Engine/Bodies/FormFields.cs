using System.Text.Json;
using Hub.Connectors.Signatures;

namespace Hub.Engine.Bodies;

/// <summary>The fields of a form or a query in the order in which they came; a name that came several times has an array.</summary>
internal sealed class FormFields
{
    private readonly OrderedDictionary<string, List<FormValue>> _values = new(StringComparer.Ordinal);
    private int _count;

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
