using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>One side of a comparison: nothing, a JSON value, or the list that a non-singular path selected.</summary>
internal readonly struct Comparand
{
    private readonly IReadOnlyList<JsonElement>? _list;

    public Comparand(JsonElement value) => Element = value;

    public Comparand(IReadOnlyList<JsonElement> list) => _list = list;

    /// <summary>A path selected nothing, which is not the same as a null.</summary>
    public static Comparand Absent => default;

    public bool IsAbsent => _list is null && Element.ValueKind == JsonValueKind.Undefined;

    public bool IsList => _list is not null;

    /// <summary>The value, unless it is a list.</summary>
    public JsonElement Element { get; }

    public bool IsText => Element.ValueKind == JsonValueKind.String;

    public bool IsNumber => Element.ValueKind == JsonValueKind.Number;

    public bool IsArray => IsList || Element.ValueKind == JsonValueKind.Array;

    public int Count => _list?.Count ?? Element.GetArrayLength();

    public string Text => JsonText.Read(Element);

    public string TypeName =>
        IsAbsent ? "nothing"
        : IsList ? "array"
        : NameOf(Element.ValueKind);

    public IEnumerable<JsonElement> Items()
    {
        if (_list is not null)
        {
            foreach (var item in _list)
            {
                yield return item;
            }
        }
        else
        {
            foreach (var item in Element.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    private static string NameOf(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            _ => "null",
        };
}
