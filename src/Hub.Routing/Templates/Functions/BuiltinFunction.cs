using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Functions;

internal delegate object? FunctionBody(Arguments arguments);

/// <summary>A function that comes with the language.</summary>
internal sealed class BuiltinFunction(Parameter[] parameters, FunctionBody body, Escaping escaping) : Function
{
    public override IReadOnlyList<Parameter> Parameters => parameters;

    public override bool TakesAnything => false;

    public override bool LastTakesRest { get; } = parameters is [.., { Name: "args" }];

    public Escaping Escaping { get; } = escaping;

    public override object? Invoke(Arguments arguments, Block? wrapped)
    {
        try
        {
            return body(arguments);
        }
        catch (Exception e)
            when (e
                    is ArgumentException
                        or ArithmeticException
                        or (FormatException and not TemplateException)
                        or InvalidOperationException
                        or NotSupportedException
                        or System.Text.Json.JsonException
            )
        {
            throw arguments.Error(e.Message);
        }
    }
}
