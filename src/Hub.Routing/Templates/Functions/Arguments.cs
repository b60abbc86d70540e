using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>What a function is called with.</summary>
internal readonly struct Arguments(RenderState state, Expression site, Expression[] expressions, object?[] values)
{
    public RenderState State { get; } = state;

    public Expression Site { get; } = site;

    public object?[] Values { get; } = values;

    public object? this[int index] => Values[index];

    public string? Text(int index) => (string?)Values[index];

    public int Int(int index) => (int)Values[index]!;

    public double Number(int index) => (double)Values[index]!;

    public DateValue Date(int index) => (DateValue)Values[index]!;

    public ListValue? List(int index) => (ListValue?)Values[index];

    /// <summary>An argument that must be a function; null when there is none.</summary>
    public Function? Callback(int index) =>
        Values[index] switch
        {
            null => null,
            Function function => function,
            var other => throw Error(index, $"The parameter of kind `{Formatting.KindOf(other)}` is not a function. Maybe prefix it with @?"),
        };

    /// <summary>The first argument's text, made into another that is no shorter: what would be too long is refused before it is made.</summary>
    public string? Made(Func<string, string> make)
    {
        if (Text(0) is not { } text)
        {
            return null;
        }

        State.CheckText(text.Length);
        return State.Charged(make(text));
    }

    /// <summary>An error at the argument, where it is known, else at the call.</summary>
    public TemplateException Error(int index, string message) =>
        State.Error(index < expressions.Length ? expressions[index].Start : Site.Start, Named(message));

    /// <summary>An error of the function, which is named as it is written.</summary>
    public TemplateException Error(string message) => State.Error(Site.Start, Named(message));

    private string Named(string message) =>
        State.Written(Site is CallExpression call ? call.Target : Site) is { Length: > 0 } name ? $"{name}: {message}" : message;
}
