using System.Text;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>object</c>: functions on values of any kind.</summary>
internal static class ObjectFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("default(any value, any default)", a => a[0] is null or EmptyValue or "" ? a[1] : a[0])
            .Add("eval(any value)", a => Evaluate(a, asTemplate: false))
            .Add("eval_template(any value)", a => Evaluate(a, asTemplate: true))
            .Add("format(plain value, text format, text culture = null)", a => a[0] is null ? "" : NumberFormatting.Format(a, a[0]!, a.Text(1), a.Text(2)))
            .Add("has_key(object value, text key)", a => Boxes.Of(a[0] is ObjectValue value && a.Text(1) is { } key && value.TryGet(key, out _)))
            .Add("has_value(object value, text key)", a =>
                Boxes.Of(a[0] is ObjectValue value && a.Text(1) is { } key && value.TryGet(key, out var found) && found is not null)
            )
            .Add("keys(any value)", a => new ArrayValue([.. MembersOf(a).Select(m => (object?)m.Key)]))
            .Add("values(any value)", a => new ArrayValue([.. MembersOf(a).Select(m => m.Value)]))
            .Add("size(any value)", Size)
            .Add("typeof(any value)", a => TypeOf(a[0]))
            .Add("kind(any value)", a => a[0] is null ? null : Formatting.KindOf(a[0]))
            .Add("from_json(text json)", FromJson)
            .Add(
                "to_json(any value)",
                a => a[0] is Function ? throw a.Error("Can not serialize functions to JSON.") : JsonWriting.ToJson(a.State, a[0], relaxed: false),
                Escaping.AlreadyJson
            );

    public static BuiltinGroup CreateJson() =>
        new BuiltinGroup()
            .Add("parse(text json)", FromJson)
            .Add("stringify(any value)", a => JsonWriting.ToJson(a.State, a[0], relaxed: true), Escaping.AlreadyJson);

    private static object? FromJson(Arguments a)
    {
        var text = a.Text(0) ?? "";
        a.State.ChargeText(text.Length);

        // A parsed document holds a row for each of these, whether or not anybody reads it.
        a.State.ChargeElements(text.AsSpan().Count(',') + text.AsSpan().Count('[') + text.AsSpan().Count('{'));
        try
        {
            return JsonReading.ToValue(a.State, JsonElement.Parse(text));
        }
        catch (JsonException e)
        {
            throw a.Error(0, $"This is not JSON: in its {JsonSyntaxError.Of(e, Encoding.UTF8.GetBytes(text))}");
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> MembersOf(Arguments a)
    {
        switch (a[0])
        {
            case ObjectValue members:
                a.State.ChargeElements(members.Count);
                return members.Members;
            case ListValue list:
                return [new KeyValuePair<string, object?>("size", Boxes.Of(list.Count)), .. (list as ArrayValue)?.Attached?.Members ?? []];
            default:
                return [];
        }
    }

    private static object Size(Arguments a) =>
        Boxes.Of(
            a[0] switch
            {
                string text => Characters.Count(text),
                ListValue list => list.Count,
                ObjectValue members => members.Count,
                _ => 0,
            }
        );

    private static string? TypeOf(object? value) =>
        value switch
        {
            null => null,
            string => "string",
            bool => "boolean",
            ListValue list => list.IsIterator ? "iterator" : "array",
            _ => Conversions.IsNumber(value) ? "number" : "object",
        };

    /// <summary>Runs a text as code or as a template, within the limits of this rendering; a function is called, another value is itself.</summary>
    private static object? Evaluate(Arguments a, bool asTemplate)
    {
        if (a[0] is not string text)
        {
            return a[0] is Function function ? a.State.Calls.Call(function, a.Site) : a[0];
        }

        var state = a.State;
        var outer = state.Text;
        try
        {
            var block = Parser.ParseNested(text, codeOnly: !asTemplate, out var parts);
            state.ChargeElements(parts);
            state.Text = text;
            return asTemplate ? Captured(state, block) : ValueOf(state, block);
        }
        catch (TemplateException e) when (e.Limit is null)
        {
            state.Text = outer;
            throw a.Error(0, e.Message);
        }
        finally
        {
            state.Text = outer;
        }
    }

    private static string Captured(RenderState state, Block block)
    {
        var output = state.Output.StartCapture();
        try
        {
            block.Run(state);
        }
        catch
        {
            state.Output.AbandonCapture(output);
            throw;
        }

        return state.Output.EndCapture(output);
    }

    /// <summary>The value of the last statement; those before it are only run.</summary>
    private static object? ValueOf(RenderState state, Block block)
    {
        object? value = null;
        foreach (var statement in block.Statements)
        {
            state.Step(statement.Start);
            value = statement is ExpressionStatement expression ? expression.Expression.Evaluate(state) : statement.Run(state);
            if (state.Flow != Flow.Next)
            {
                break;
            }
        }

        return value;
    }
}
