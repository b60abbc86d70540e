using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Syntax;

/// <summary><c>[start:end:step]</c> (RFC 9535, section 2.3.4).</summary>
internal sealed class SliceSelector(long? start, long? end, long step) : Selector
{
    private const int ItemsPerCharge = 32;

    public override void Select(QueryRun run, in Node node, NodeBuffer output)
    {
        if (node.Value.ValueKind != JsonValueKind.Array || step == 0)
        {
            return;
        }

        var length = node.Value.GetArrayLength();
        var from = Normalize(start ?? (step > 0 ? 0 : length - 1), length);
        var to = end is null && step < 0 ? -1 : Normalize(end ?? length, length);
        if (step > 0)
        {
            Add(run, node, output, Math.Clamp(from, 0, length), Math.Clamp(to, 0, length), fromStart: true);
        }
        else
        {
            var before = output.Count;
            Add(run, node, output, Math.Clamp(to, -1, length - 1) + 1, Math.Clamp(from, -1, length - 1) + 1, fromStart: false);
            output.ReverseFrom(before);
        }
    }

    private static long Normalize(long position, int length) => position >= 0 ? position : length + position;

    // Items come out in the array's order; the step is counted from whichever end the slice starts at.
    private void Add(QueryRun run, in Node node, NodeBuffer output, long lower, long upper, bool fromStart)
    {
        if (lower >= upper)
        {
            return;
        }

        run.Charge(upper / ItemsPerCharge);
        var index = 0;
        foreach (var item in node.Value.EnumerateArray())
        {
            if (index >= upper || (fromStart && output.IsFull))
            {
                return;
            }

            if (index >= lower && (fromStart ? index - lower : upper - 1 - index) % step == 0)
            {
                run.Charge(1);
                output.Add(node.Child(item, index));
            }

            index++;
        }
    }
}
