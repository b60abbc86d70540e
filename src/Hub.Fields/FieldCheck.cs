using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hub.Fields;

/// <summary>
/// The one check of inputs: for what a document writes out and for what templates and paths give at run time.
/// A text, a number and a boolean stand for each other where nothing is lost, since a template of several parts can only give text.
/// </summary>
public static class FieldCheck
{
    public static FieldFit Of(IField field, JsonElement value)
    {
        ArgumentNullException.ThrowIfNull(field);
        var kind = value.ValueKind;
        return field.Type switch
        {
            FieldType.Text or FieldType.Hosts => OfText(field.Choices, value),
            FieldType.Number => kind == JsonValueKind.Number ? FieldFit.Fits : Stands(value, FieldType.Number),
            FieldType.Boolean => kind is JsonValueKind.True or JsonValueKind.False ? FieldFit.Fits : Stands(value, FieldType.Boolean),
            FieldType.Object => Is(kind, JsonValueKind.Object),
            FieldType.Array => Is(kind, JsonValueKind.Array),
            FieldType.Duration => kind != JsonValueKind.String ? FieldFit.WrongType
            : DurationText.TryParse(TextOf(value), out _) ? FieldFit.Fits
            : FieldFit.NoDuration,
            _ => FieldFit.Fits,
        };
    }

    /// <summary>What the field takes, for sentences.</summary>
    public static string Describe(IField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field switch
        {
            { Choices: { } choices } => "one of " + string.Join(", ", choices),
            { Type: FieldType.Number } => "a number",
            { Type: FieldType.Boolean } => "true or false",
            { Type: FieldType.Object } => "an object",
            { Type: FieldType.Array } => "an array",
            { Type: FieldType.Duration } => "a duration such as 500ms, 30s or 5m",
            _ => "a text",
        };
    }

    /// <summary>Every value of an input that its field does not take, with its place.</summary>
    /// <param name="mayStandFor">Whether one that only stands for what the field takes, and is of another JSON type, will do.</param>
    public static IReadOnlyList<InputError> ErrorsOf(IReadOnlyList<IField> fields, JsonElement input, bool mayStandFor = true)
    {
        ArgumentNullException.ThrowIfNull(fields);
        List<InputError>? errors = null;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (
                input.TryGetProperty(field.Name, out var value)
                && value.ValueKind != JsonValueKind.Null
                && !(Of(field, value) is var fit && (fit == FieldFit.Fits || (fit == FieldFit.StandsFor && (mayStandFor || field.Choices is not null))))
            )
            {
                (errors ??= []).Add(InputError.At(field.Name, null, $"must be {Describe(field)}, and is {Name(value.ValueKind)}."));
            }
        }

        return errors ?? (IReadOnlyList<InputError>)[];
    }

    /// <summary>Whether a value stands for another; then the JSON that it is to be replaced with.</summary>
    public static bool TryReplace(IField field, JsonElement value, [NotNullWhen(true)] out string? json)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || Of(field, value) != FieldFit.StandsFor)
        {
            json = null;
            return false;
        }

        json = field.Type switch
        {
            FieldType.Number => TextOf(value)!,
            FieldType.Boolean => TextOf(value)!.ToLowerInvariant(),
            _ when value.ValueKind != JsonValueKind.String => $"\"{value.GetRawText()}\"",
            _ => $"\"{JsonEncodedText.Encode(ChoiceOf(field.Choices!, TextOf(value)!)!)}\"",
        };
        return true;
    }

    private static FieldFit OfText(IReadOnlyList<string>? choices, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String when choices is null => FieldFit.Fits,
            JsonValueKind.String when TextOf(value) is { } text && ChoiceOf(choices, text) is { } choice => choice == text ? FieldFit.Fits : FieldFit.StandsFor,
            JsonValueKind.String => FieldFit.NoChoice,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when choices is null => FieldFit.StandsFor,
            _ => FieldFit.WrongType,
        };

    private static string? ChoiceOf(IReadOnlyList<string> choices, string text)
    {
        // By index: this runs for every call, and choices are few.
        for (var i = 0; i < choices.Count; i++)
        {
            if (choices[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return choices[i];
            }
        }

        return null;
    }

    private static FieldFit Is(JsonValueKind kind, JsonValueKind wanted) => kind == wanted ? FieldFit.Fits : FieldFit.WrongType;

    private static FieldFit Stands(JsonElement value, FieldType type)
    {
        if (value.ValueKind != JsonValueKind.String || TextOf(value) is not { } text)
        {
            return FieldFit.WrongType;
        }

        var stands =
            type == FieldType.Boolean
                ? text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)
                : IsNumber(text);
        return stands ? FieldFit.StandsFor : FieldFit.WrongType;
    }

    // The grammar of JSON's numbers, so that the text can take the number's place as it stands.
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        var rest = text.StartsWith('-') ? text[1..] : text;
        return TakeDigits(ref rest, out var digits)
            && (digits == 1 || text.TrimStart('-')[0] != '0')
            && (!TryTake(ref rest, ".") || TakeDigits(ref rest, out _))
            && (!TryTake(ref rest, "eE") || ((TryTake(ref rest, "+-") || true) && TakeDigits(ref rest, out _)))
            && rest.IsEmpty;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, string any)
    {
        var takes = !text.IsEmpty && any.Contains(text[0], StringComparison.Ordinal);
        text = takes ? text[1..] : text;
        return takes;
    }

    private static bool TakeDigits(ref ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        text = text[length..];
        return length > 0;
    }

    // Half of a surrogate pair has no text form.
    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Name(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.String => "a text of another form",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.Number => "a number",
            _ => "nothing",
        };
}
