using System.Text.Json;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>An array of the template; one that stands for a JSON array reads it when it is first needed.</summary>
internal sealed class ArrayValue : ListValue
{
    private readonly RenderState? _state;
    private JsonElement _source;
    private List<object?>? _items;
    private LoopFrame? _followers;
    private bool _isCharged;

    public ArrayValue(List<object?> items, bool isIterator = false)
    {
        _items = items;
        IsIterator = isIterator;
    }

    public ArrayValue(RenderState state, JsonElement source)
    {
        _state = state;
        _source = source;
    }

    public override bool IsIterator { get; }

    public override int Count => _items?.Count ?? _source.GetArrayLength();

    /// <summary>Members attached to the array, such as <c>$.named</c>; null while there are none.</summary>
    public ObjectValue? Attached { get; set; }

    /// <summary>The JSON array that this still is, unread and unchanged.</summary>
    public JsonElement? Untouched => _items is null ? _source : null;

    public List<object?> Items
    {
        get
        {
            if (_items is not null)
            {
                return _items;
            }

            Charge();
            var items = new List<object?>(_source.GetArrayLength());
            foreach (var item in _source.EnumerateArray())
            {
                items.Add(JsonReading.ToValue(_state!, item));
            }

            (_source, _items) = (default, items);
            for (var follower = _followers; follower is not null; follower = follower.NextFollower)
            {
                follower.StopFollowing(items);
            }

            _followers = null;
            return items;
        }
    }

    public override object? this[int index] => index >= 0 && index < Count ? Items[index] : null;

    /// <summary>Has a loop follow the JSON array, which is charged as if its items were made.</summary>
    public void AddFollower(LoopFrame frame)
    {
        Charge();
        frame.Follow(this, _followers);
        _followers = frame;
    }

    /// <summary>Ends what <see cref="AddFollower"/> began; the last comes first.</summary>
    public void RemoveFollower(LoopFrame frame)
    {
        if (_followers == frame)
        {
            _followers = frame.NextFollower;
        }
    }

    /// <summary>Sets an element; the array grows to reach it.</summary>
    public void Set(RenderState state, int index, object? value)
    {
        var items = Items;
        if (index >= items.Count)
        {
            state.ChargeElements((long)index + 1 - items.Count);
            while (items.Count <= index)
            {
                items.Add(null);
            }
        }

        items[index] = value;
    }

    private void Charge()
    {
        if (!_isCharged)
        {
            _isCharged = true;
            _state!.ChargeElements(_source.GetArrayLength());
        }
    }
}
