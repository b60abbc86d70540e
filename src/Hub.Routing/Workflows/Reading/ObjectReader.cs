using System.Text;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Reads the properties of one JSON object and reports what does not fit; at the end, whatever was not asked for.</summary>
internal sealed class ObjectReader
{
    private readonly JsonElement _element;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private ObjectReader(JsonElement element, JsonPlace place, ErrorList errors)
    {
        _element = element;
        Place = place;
        _errors = errors;
    }

    public JsonPlace Place { get; }

    public static ObjectReader? Open(JsonElement element, JsonPlace place, ErrorList errors)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new ObjectReader(element, place, errors);
        }

        WrongType(errors, place, "an object", element);
        return null;
    }

    public static void WrongType(ErrorList errors, JsonPlace place, string wanted, JsonElement found) =>
        errors.Error(
            ErrorCodes.WrongType,
            place,
            $"This must be {wanted}, and is {Describe(found.ValueKind)}.",
            found.ValueKind == JsonValueKind.Null ? "Leave it out, or give it a value." : $"Write {wanted}."
        );

    public bool Has(string name, out JsonElement value)
    {
        _known.Add(name);
        return _element.TryGetProperty(name, out value);
    }

    public bool Require(string name, string remedy, out JsonElement value)
    {
        if (Has(name, out value))
        {
            return true;
        }

        _errors.Error(ErrorCodes.MissingProperty, Place, $"'{name}' is missing.", remedy);
        return false;
    }

    public string? Text(string name) => Has(name, out var value) ? TextOf(value, Place[name]) : null;

    public string? TextOf(JsonElement value, JsonPlace place)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return JsonText.Read(value);
        }

        WrongType(_errors, place, "a text", value);
        return null;
    }

    /// <summary>A text for people: not blank, not too long, no control characters.</summary>
    public string? NameText(string name, int longest = WorkflowLimits.NameLength, bool lines = false)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var problem =
            !Hub.Fields.NameText.HasVisible(text) ? "is blank"
            : Characters.Count(text) is var count && count > longest ? $"has {count} characters, and {longest} are allowed"
            : !lines && Encoding.UTF8.GetByteCount(text) is var bytes and > Hub.Fields.NameText.MostBytes
                ? $"has {bytes} bytes, and {Hub.Fields.NameText.MostBytes} are allowed"
            : text.Any(c => char.IsControl(c) && !(lines && c is '\n' or '\r' or '\t')) ? "holds control characters"
            : Hub.Fields.NameText.Hides(text) ? "holds characters that turn the direction of writing, or half a character"
            : null;
        if (problem is null)
        {
            return text;
        }

        _errors.Error(ErrorCodes.NameInvalid, Place[name], $"'{name}' {problem}.", $"Write a text of 1 to {longest} visible characters.");
        return null;
    }

    public int? Integer(string name, int least, int most)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(_errors, Place[name], "a number", value);
            return null;
        }

        // 5.0 is an integer too: numbers are told apart by value.
        if (value.TryGetDecimal(out var number) && number >= least && number <= most && decimal.IsInteger(number))
        {
            return (int)number;
        }

        _errors.Error(
            ErrorCodes.OutOfRange,
            Place[name],
            $"'{name}' must be a whole number from {least} to {most}.",
            $"Write a number from {least} to {most}."
        );
        return null;
    }

    public double? Ratio(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            WrongType(_errors, Place[name], "a number", value);
            return null;
        }

        if (value.TryGetDouble(out var number) && number is > 0 and <= 1)
        {
            return number;
        }

        _errors.Error(ErrorCodes.OutOfRange, Place[name], $"'{name}' must be above 0 and at most 1.", "Write a share such as 0.5.");
        return null;
    }

    public TimeSpan? Duration(string name, TimeSpan longest)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (!DurationText.TryParse(text, out var duration))
        {
            _errors.Error(ErrorCodes.DurationInvalid, Place[name], $"'{NearestName.Shorten(text)}' is not a duration.", DurationText.RemedyFor(text));
            return null;
        }

        if (duration > TimeSpan.Zero && duration <= longest)
        {
            return duration;
        }

        _errors.Error(
            ErrorCodes.OutOfRange,
            Place[name],
            $"'{name}' must be above zero and at most {longest.TotalDays:0} d.",
            "Write a duration within that range."
        );
        return null;
    }

    /// <summary>One of a few texts; the default when absent or not one of them.</summary>
    public T Choice<T>(string name, T otherwise, params (string Text, T Value)[] choices)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        foreach (var choice in choices)
        {
            if (choice.Text == text)
            {
                return choice.Value;
            }
        }

        _errors.Error(
            ErrorCodes.ValueUnknown,
            Place[name],
            $"'{name}' cannot be '{NearestName.Shorten(text)}'.",
            NearestName.Advise(text, choices.Select(choice => choice.Text))
        );
        return otherwise;
    }

    /// <summary>A JSON object kept as it is; undefined when absent.</summary>
    public JsonElement Object(string name)
    {
        if (!Has(name, out var value) || value.ValueKind == JsonValueKind.Object)
        {
            return value;
        }

        WrongType(_errors, Place[name], "an object", value);
        return default;
    }

    /// <summary>Reports every property that was not asked for.</summary>
    public void Close()
    {
        foreach (var property in _element.EnumerateObject())
        {
            if (_errors.IsFull)
            {
                break;
            }

            var name = JsonText.ReadName(property);
            if (!_known.Contains(name))
            {
                _errors.Error(
                    ErrorCodes.UnknownProperty,
                    Place[name],
                    $"There is no property '{NearestName.Shorten(name)}' here.",
                    NearestName.Advise(name, _known)
                );
            }
        }
    }

    private static string Describe(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "true or false",
            JsonValueKind.Array => "an array",
            JsonValueKind.Object => "an object",
            _ => "null",
        };
}
