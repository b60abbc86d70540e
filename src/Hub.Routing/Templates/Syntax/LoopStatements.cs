using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

/// <summary><c>for x in list ... else ... end</c>, and <c>tablerow</c>, which writes the rows of an HTML table around its items.</summary>
internal sealed class ForStatement(PathExpression variable, Expression list, List<NamedArgument> options, bool isTable) : Statement
{
    public Block Body { get; set; } = null!;

    public Block? Otherwise { get; set; }

    public override object? Run(RenderState state)
    {
        var value = list.Evaluate(state);
        if (value is null)
        {
            return null;
        }

        var items = Conversions.ToList(state, value) ?? throw state.Error(list.Start, $"Unexpected type `{Formatting.KindOf(value)}` for iterator");
        var (first, count, step, columns) = Bounds(state, items.Count);

        // An empty list has no loop to leave, but a table has its one row.
        var loop = new LoopState(count, isTable ? columns : 0);
        var named = variable as Variable;
        var frame = new LoopFrame(isTable ? "tablerow" : "for", loop, named?.Name.Text, variable is LocalVariable);
        var wasInLoop = state.Names.InLoop;
        var loops = state.Names.PushLoop(frame);
        if (isTable)
        {
            state.Output.WriteText("<tr class=\"row1\">");
        }

        var result = RunItems(state, items, (first, count, step), frame, named is null);
        if (isTable)
        {
            state.Output.WriteText("</tr>\n");
        }

        state.Names.PopLoop(loops, wasInLoop);
        return count == 0 ? Otherwise?.Run(state) : result;

        object? RunItems(RenderState state, ListValue items, (int First, int Count, int Step) bounds, LoopFrame frame, bool assign)
        {
            var followed = assign || bounds.Step < 0 ? null : items as ArrayValue;
            var source = followed?.Untouched?.EnumerateArray() ?? default;
            var returned = default(object);
            for (var i = 0; i < bounds.Count; i++)
            {
                state.Iterate(Start);
                var index = bounds.First + (i * bounds.Step);
                if (i == 0 && followed is { Untouched: not null })
                {
                    followed.AddFollower(frame);
                    for (var skipped = 0; skipped < bounds.First; skipped++)
                    {
                        source.MoveNext();
                    }
                }

                loop.Index = i;
                if (frame.IsFollowing)
                {
                    source.MoveNext();
                    frame.MoveTo(index, source.Current);
                }
                else
                {
                    frame.MoveTo(items[index]);
                    if (assign)
                    {
                        variable.Assign(state, items[index]);
                    }
                }

                if (isTable)
                {
                    OpenCell(state, i, columns);
                }

                returned = Body.Run(state);
                if (isTable)
                {
                    state.Output.WriteText("</td>");
                }

                if (state.Flow == Flow.Return)
                {
                    break;
                }

                var left = state.Flow == Flow.Break;
                state.Flow = Flow.Next;
                if (left)
                {
                    break;
                }
            }

            followed?.RemoveFollower(frame);
            return state.Flow == Flow.Return ? returned : null;
        }
    }

    public override void Collect(ReferenceCollector collector)
    {
        list.Collect(collector);
        options.ForEach(o => o.Collect(collector));
        if (variable is LocalVariable local)
        {
            collector.AssignedLocal(local.Name.Text);
        }
        else if (variable is Variable named)
        {
            collector.Assigned(named.Name.Text);
        }

        Body.Collect(collector);
        Otherwise?.Collect(collector);
    }

    /// <summary>What <c>offset</c>, <c>reversed</c>, <c>limit</c> leave of the list: in this order, however they are written.</summary>
    private (int First, int Count, int Step, int Columns) Bounds(RenderState state, int count)
    {
        var (offset, limit, reversed, columns) = (0, 0, false, 1);
        foreach (var option in options)
        {
            switch (option.Name)
            {
                case "offset":
                    offset = Integer(state, option);
                    break;
                case "limit":
                    limit = Integer(state, option);
                    break;
                case "reversed":
                    reversed = true;
                    break;
                case "cols" when isTable:
                    columns = Math.Max(1, Integer(state, option));
                    break;
                default:
                    throw state.Error(option.Start, $"Unsupported argument `{option.Name}` for the loop");
            }
        }

        offset = Math.Clamp(offset, 0, count);
        var left = count - offset;
        return (reversed ? count - 1 : offset, limit > 0 ? Math.Min(limit, left) : left, reversed ? -1 : 1, columns);
    }

    private static int Integer(RenderState state, NamedArgument option) =>
        Conversions.ToInt(option.Evaluate(state)) ?? throw state.Error((option.Value ?? option).Start, "Unable to convert to int");

    private static void OpenCell(RenderState state, int index, int columns)
    {
        if (index > 0 && index % columns == 0)
        {
            state.Output.WriteText($"</tr>\n<tr class=\"row{(index / columns) + 1}\">");
        }

        state.Output.WriteText($"<td class=\"col{(index % columns) + 1}\">");
    }
}

/// <summary><c>while condition ... end</c></summary>
internal sealed class WhileStatement(Expression condition, Block body) : Statement
{
    public override object? Run(RenderState state)
    {
        var loop = new LoopState(-1, 0) { Index = -1 };
        var wasInLoop = state.Names.InLoop;
        var loops = state.Names.PushLoop(new LoopFrame("while", loop, null, isLocal: false));
        object? result = null;
        while (Conversions.ToBool(condition.Evaluate(state)))
        {
            state.Iterate(Start);
            loop.Index++;
            result = body.Run(state);
            if (state.Flow == Flow.Return)
            {
                break;
            }

            var left = state.Flow == Flow.Break;
            state.Flow = Flow.Next;
            if (left)
            {
                break;
            }
        }

        state.Names.PopLoop(loops, wasInLoop);
        return result;
    }

    public override void Collect(ReferenceCollector collector)
    {
        condition.Collect(collector);
        body.Collect(collector);
    }
}
