using System.Text.Json;
using Hub.Routing.Conditions;

namespace Hub.Routing.Workflows.Reading;

/// <summary>Reads the bytes once before anything else: JSON grammar, depth, sound text, and keys that occur twice.</summary>
internal static class DocumentScan
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = WorkflowLimits.Depth + 1 };

    /// <summary>Whether the bytes can be read as a document; other errors found are reported as well.</summary>
    public static bool TryScan(ReadOnlySpan<byte> utf8, ErrorList errors)
    {
        var scan = new Scan(errors);
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            while (reader.Read())
            {
                if (!scan.Take(ref reader))
                {
                    return false;
                }
            }
        }
        catch (JsonException e)
        {
            errors.Error(ErrorCodes.JsonMalformed, JsonPlace.Root, $"This is not JSON: {JsonSyntaxError.Of(e, utf8)}.", "Correct the JSON at that place.");
            return false;
        }

        return scan.IsReadable;
    }

    private sealed class Scan(ErrorList errors)
    {
        private readonly Stack<Container> _open = new();

        /// <summary>Whether every text could be decoded.</summary>
        public bool IsReadable { get; private set; } = true;

        public bool Take(ref Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    return Open(reader.TokenType == JsonTokenType.StartObject);
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.Pop();
                    return true;
                case JsonTokenType.PropertyName:
                    TakeName(ref reader);
                    return true;
                case JsonTokenType.String:
                    var place = NextPlace();
                    CheckText(ref reader, place);
                    return true;
                default:
                    NextPlace();
                    return true;
            }
        }

        private bool Open(bool isObject)
        {
            var place = NextPlace();
            _open.Push(new Container(place, isObject ? new HashSet<string>(StringComparer.Ordinal) : null));
            if (_open.Count <= WorkflowLimits.Depth)
            {
                return true;
            }

            errors.Error(ErrorCodes.DocumentTooDeep, place, $"The document is nested more than {WorkflowLimits.Depth} deep.", "Flatten what is nested here.");
            return false;
        }

        private void TakeName(ref Utf8JsonReader reader)
        {
            var container = _open.Peek();
            if (!CheckText(ref reader, container.Place))
            {
                container.Name = "?";
                return;
            }

            container.Name = reader.GetString()!;
            if (!container.Names!.Add(container.Name) && !errors.IsFull)
            {
                errors.Error(
                    ErrorCodes.DuplicateKey,
                    container.Place[container.Name],
                    $"The key '{NearestName.Shorten(container.Name)}' occurs twice in one object.",
                    "Keep one of the two."
                );
            }
        }

        private bool CheckText(ref Utf8JsonReader reader, JsonPlace place)
        {
            if (!JsonText.IsSound(reader.ValueSpan))
            {
                IsReadable = false;
                errors.Error(
                    ErrorCodes.TextInvalid,
                    place,
                    "The text is not valid Unicode: it has bytes that are not UTF-8, or half of a surrogate pair.",
                    "Write the character whole, or leave it out."
                );
                return false;
            }

            if (reader.ValueIsEscaped && reader.ValueSpan.IndexOf("\\u0000"u8) >= 0 && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                errors.Error(
                    ErrorCodes.TextInvalid,
                    place,
                    "The text holds the character NUL, which databases and many services refuse.",
                    "Leave \\u0000 out."
                );
            }

            return true;
        }

        private JsonPlace NextPlace()
        {
            if (!_open.TryPeek(out var container))
            {
                return JsonPlace.Root;
            }

            return container.Names is null ? container.Place[container.Count++] : container.Place[container.Name];
        }
    }

    private sealed class Container(JsonPlace place, HashSet<string>? names)
    {
        public JsonPlace Place { get; } = place;

        /// <summary>The keys so far; null for an array.</summary>
        public HashSet<string>? Names { get; } = names;

        public string Name { get; set; } = string.Empty;

        public int Count { get; set; }
    }
}
