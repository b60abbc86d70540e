using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>Evaluates the arguments of a call and puts them where the function's parameters expect them.</summary>
internal struct ArgumentBinding(RenderState state, Function function, Expression site, Expression[] arguments)
{
    private readonly IReadOnlyList<Parameter> _parameters = function.Parameters;
    private object?[] _values = [];
    private List<object?>? _rest;
    private ObjectValue? _named;
    private Expression? _excess;
    private ulong _given;
    private int _count;

    public object?[] Bind()
    {
        Prepare();
        foreach (var argument in arguments)
        {
            Add(argument);
        }

        return Finish();
    }

    /// <summary>The values for a function that gets them directly.</summary>
    public static object?[] Complete(RenderState state, Function function, Expression site, object?[] values)
    {
        var binding = new ArgumentBinding(state, function, site, []);
        binding.Prepare();
        foreach (var value in values)
        {
            binding.AddAt(binding._count, value, site);
        }

        return binding.Finish();
    }

    private void Prepare()
    {
        if (function.TakesAnything || function.LastTakesRest)
        {
            _rest = [];
        }

        _values =
            function.TakesAnything ? new object?[1]
            : _parameters.Count == 0 ? []
            : new object?[_parameters.Count];
    }

    private void Add(Expression argument)
    {
        var index = _count;
        if (argument is NamedArgument named)
        {
            index = IndexOf(named.Name);
            if (index < 0 && _rest is not null)
            {
                if (named.Name == "size")
                {
                    throw state.Error(argument.Start, "Cannot pass argument size to function. This name is not supported by this function.");
                }

                (_named ??= new ObjectValue()).TrySet(state, named.Name, named.Evaluate(state));
                return;
            }

            index = index < 0 ? _count : index;
        }

        var value = argument.Evaluate(state);
        if (argument is UnaryExpression { Operator: UnaryOperator.Expand } && Conversions.ToList(state, value is string ? null : value) is { } list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                AddAt(index++, list[i], argument);
            }

            return;
        }

        AddAt(index, value, argument);
    }

    private void AddAt(int index, object? value, Expression argument)
    {
        if (_rest is not null && (function.TakesAnything || index >= _parameters.Count - 1))
        {
            state.ChargeElements(1);
            _rest.Add(value);
            _count = Math.Max(_count, function.TakesAnything ? _rest.Count : _parameters.Count);
            return;
        }

        if (index >= _parameters.Count)
        {
            // A built-in complains of the call at once, a function of the template of the last argument.
            _excess = function is BuiltinFunction ? throw TooMany(site, index + 1) : argument;
            _count = index + 1;
            return;
        }

        _values[index] = ParameterConversion.Convert(state, value, _parameters[index].Kind, argument.Start);
        _given |= 1UL << index;
        _count = Math.Max(_count, index + 1);
    }

    private readonly TemplateException TooMany(Expression at, int count) =>
        state.Error(at.Start, $"Invalid number of arguments `{count}` passed while expecting `{_parameters.Count}` arguments");

    private readonly object?[] Finish()
    {
        if (_excess is not null)
        {
            throw TooMany(_excess, _count);
        }

        var required = 0;
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (i == _parameters.Count - 1 && function.LastTakesRest)
            {
                _values[i] = Rest();
            }
            else if ((_given & (1UL << i)) == 0)
            {
                if (!_parameters[i].HasDefault)
                {
                    required++;
                }

                _values[i] = _parameters[i].Default;
            }
        }

        if (required > 0)
        {
            throw state.Error(site.End + 1, $"Invalid number of arguments passed: {required} more expected");
        }

        if (function.TakesAnything)
        {
            _values[0] = Rest();
        }

        return _values;
    }

    private readonly ArrayValue Rest() => new(_rest!) { Attached = _named };

    private readonly int IndexOf(string name)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
