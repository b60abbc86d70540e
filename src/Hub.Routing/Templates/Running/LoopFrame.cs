using System.Text.Json;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>
/// One running loop: its state under <c>for</c>, <c>tablerow</c> or <c>while</c>, and its variable. A loop over a JSON array
/// follows the JSON, and makes values of the items only when one is asked for as a value.
/// </summary>
internal sealed class LoopFrame
{
    private readonly string _stateName;
    private readonly string? _variable;
    private readonly bool _isLocal;
    private ArrayValue? _followed;
    private JsonElement _element;
    private JsonElement _previousElement;
    private int _index;
    private object? _value;
    private object? _previous;

    public LoopFrame(string stateName, LoopState state, string? variable, bool isLocal)
    {
        (_stateName, _variable, _isLocal, State) = (stateName, variable, isLocal, state);
        state.Frame = this;
    }

    public LoopState State { get; }

    /// <summary>The frame that began to follow the same array before this one.</summary>
    public LoopFrame? NextFollower { get; private set; }

    public bool IsFollowing => _followed is not null;

    /// <summary>Whether the item differs from the one before; the first always does.</summary>
    public bool Changed => State.Index == 0 || !(IsFollowing ? IsSame(_previousElement, _element) : Equals(_previous, _value));

    private object? Value
    {
        get
        {
            if (_followed is not null)
            {
                _ = _followed.Items;
            }

            return _value;
        }
    }

    public void Follow(ArrayValue array, LoopFrame? next) => (_followed, NextFollower) = (array, next);

    public void MoveTo(int index, JsonElement element) => (_index, _previousElement, _element) = (index, _element, element);

    public void MoveTo(object? item) => (_previous, _value) = (_value, item);

    /// <summary>The array has made values of its items, before any of them could change: from here on they count.</summary>
    public void StopFollowing(List<object?> items)
    {
        _followed = null;
        _value = items[_index];
        _previous = State.Index > 0 ? items[_index - 1] : null;
    }

    public bool TryGetGlobal(string name, out object? value)
    {
        if (!_isLocal && name == _variable)
        {
            value = Value;
            return true;
        }

        value = State;
        return name == _stateName;
    }

    public bool TryGetLocal(string name, out object? value)
    {
        var found = _isLocal && name == _variable;
        value = found ? Value : null;
        return found;
    }

    public bool HasGlobal(string name) => (!_isLocal && name == _variable) || name == _stateName;

    /// <summary>The JSON of the item, while nobody asked for its value.</summary>
    public bool TryGetElement(string name, out JsonElement element)
    {
        element = _element;
        return IsFollowing && !_isLocal && name == _variable;
    }

    // Objects and arrays are the same only as one and the same value, which two items never are.
    private static bool IsSame(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind
        && left.ValueKind switch
        {
            JsonValueKind.Object or JsonValueKind.Array => false,
            JsonValueKind.String => JsonReading.TextOf(left) == JsonReading.TextOf(right),
            JsonValueKind.Number => Equals(JsonReading.NumberOf(left), JsonReading.NumberOf(right)),
            _ => true,
        };
}
