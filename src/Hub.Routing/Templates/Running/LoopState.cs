using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>What <c>for.index</c> and its company read.</summary>
internal sealed class LoopState(int length, int columns) : ObjectValue
{
    public int Index { get; set; }

    public LoopFrame? Frame { get; set; }

    public override int Count => 0;

    public override bool TryGet(string name, out object? value)
    {
        value = name switch
        {
            "index" => Boxes.Of(Index),
            "length" => Boxes.Of(length),
            "first" => Boxes.Of(Index == 0),
            "even" => Boxes.Of((Index & 1) == 0),
            "odd" => Boxes.Of((Index & 1) == 1),
            "last" => Boxes.Of(Index == length - 1),
            "changed" => Boxes.Of(length >= 0 && Frame is { Changed: true }),
            "rindex" => Boxes.Of(length - Index - 1),
            "col" or "col0" when columns > 0 => Boxes.Of(Index % columns),
            "col_first" when columns > 0 => Boxes.Of(Index % columns == 0),
            "col_last" when columns > 0 => Boxes.Of((Index + 1) % columns == 0),
            _ => null,
        };
        return value is not null;
    }

    public override bool CanWrite(string name) => false;
}
