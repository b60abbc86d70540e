using System.Text.Json;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>A value inside a filter: one of the document's or the query's, a number that a function computed, or Nothing (the default).</summary>
internal readonly struct FilterValue
{
    private readonly bool _isComputed;

    private FilterValue(JsonElement element, long number, bool isComputed) => (Element, Number, _isComputed) = (element, number, isComputed);

    public JsonElement Element { get; }

    public long Number { get; }

    public JsonValueKind Kind => _isComputed ? JsonValueKind.Number : Element.ValueKind;

    public bool IsNothing => Kind == JsonValueKind.Undefined;

    public bool IsComputed => _isComputed;

    public static FilterValue Of(JsonElement element) => new(element, 0, false);

    public static FilterValue Of(long number) => new(default, number, true);
}
