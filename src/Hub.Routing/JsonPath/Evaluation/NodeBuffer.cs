using System.Text.Json;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>A reusable nodelist, also used as a stack. Selectors may stop once it is full.</summary>
internal sealed class NodeBuffer
{
    private Node[] _nodes = new Node[16];

    public int Count { get; private set; }

    public int Limit { get; set; } = int.MaxValue;

    public bool IsFull => Count >= Limit;

    public int Capacity => _nodes.Length;

    public ref readonly Node this[int index] => ref _nodes[index];

    public void Add(Node node)
    {
        if (Count == _nodes.Length)
        {
            Array.Resize(ref _nodes, Count * 2);
        }

        _nodes[Count++] = node;
    }

    public Node Pop()
    {
        var node = _nodes[--Count];
        _nodes[Count] = default;
        return node;
    }

    public void ReverseFrom(int start) => Array.Reverse(_nodes, start, Count - start);

    public void Clear()
    {
        Array.Clear(_nodes, 0, Count);
        (Count, Limit) = (0, int.MaxValue);
    }

    public JsonElement[] ToValues()
    {
        var values = Count == 0 ? [] : new JsonElement[Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _nodes[i].Value;
        }

        return values;
    }
}
