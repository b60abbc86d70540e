using System.Text.Json;
using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>The names of one rendering: what the template assigned, and the scopes that lie over it and the model.</summary>
internal sealed class NameScopes(RenderState state)
{
    private List<Scope>? _functions;
    private List<Scope>? _withs;
    private List<LoopFrame>? _rootLoops;
    private LocalScope _locals = new(null);

    public RootObject Root { get; } = new(state, state.Model);

    /// <summary>What <c>this</c> is.</summary>
    public ObjectValue CurrentObject => _withs is { Count: > 0 } ? _withs[^1].Names! : Root;

    public bool InLoop { get; private set; }

    /// <summary>Whether a name can only be a built-in's or the model's: nothing assigned it and no scope lies over the root.</summary>
    public bool IsUnbound(string name) =>
        _functions is not { Count: > 0 } && _withs is not { Count: > 0 } && _rootLoops is not { Count: > 0 } && !Root.TryGetAssigned(name, out _);

    /// <summary>Whether a name that is no built-in's stands for the model's own JSON, of which no object was handed out.</summary>
    public bool CanReadModel(string name) => IsUnbound(name) && Root.IsUntouched(name);

    /// <summary>The JSON of a loop's item, when the name is the loop's and nothing made a value of the item.</summary>
    public bool TryGetLoopElement(string name, out JsonElement element)
    {
        if (_functions is not { Count: > 0 } && _withs is not { Count: > 0 } && _rootLoops is { } loops)
        {
            for (var i = loops.Count - 1; i >= 0; i--)
            {
                if (loops[i].HasGlobal(name))
                {
                    return loops[i].TryGetElement(name, out element);
                }
            }
        }

        element = default;
        return false;
    }

    public object? GetGlobal(MemberName name)
    {
        if (TryGetScoped(name, out var value) || Builtins.All.TryGetValue(name.Text, out value))
        {
            return value;
        }

        return Root.Model is not null && Root.Model.TryGet(name, out value) ? value : null;
    }

    private bool TryGetScoped(MemberName name, out object? value)
    {
        if (_functions is not null)
        {
            for (var i = _functions.Count - 1; i >= 0; i--)
            {
                if (TryGet(_functions[i], name, out value))
                {
                    return true;
                }

                if (_functions[i].HidesOuter)
                {
                    break;
                }
            }
        }

        for (var i = (_withs?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (TryGet(_withs![i], name, out value))
            {
                return true;
            }
        }

        return TryGetLoop(_rootLoops, name.Text, out value) || Root.TryGetAssigned(name.Text, out value);
    }

    public void SetGlobal(int offset, string name, object? value)
    {
        var store = StoreFor(name);
        if (!store.TrySet(state, name, value))
        {
            throw state.Error(offset, $"Cannot set the readonly variable `{name}`");
        }
    }

    public object? GetLocal(string name)
    {
        for (var i = (_locals.Loops?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_locals.Loops![i].TryGetLocal(name, out var looped))
            {
                return looped;
            }
        }

        return _locals.Names is not null && _locals.Names.TryGetValue(name, out var value) ? value : null;
    }

    public void SetLocal(int offset, string name, object? value, bool readOnly = false)
    {
        if (!_locals.TrySet(name, value))
        {
            throw state.Error(offset, $"Cannot set value on the readonly variable `${name}`");
        }

        if (readOnly)
        {
            _locals.MakeReadOnly(name);
        }
    }

    public void MakeReadOnly(string name, bool isLocal)
    {
        if (isLocal)
        {
            _locals.MakeReadOnly(name);
        }
        else
        {
            StoreFor(name).MakeReadOnly(name);
        }
    }

    public void PushWith(ObjectValue names, bool newLocals)
    {
        (_withs ??= []).Add(new Scope(names));
        if (newLocals)
        {
            _locals = new LocalScope(_locals);
        }
    }

    public void PopWith(bool newLocals)
    {
        _withs!.RemoveAt(_withs.Count - 1);
        if (newLocals)
        {
            _locals = _locals.Outer!;
        }
    }

    public void PushFunction(ObjectValue? parameters, bool isAnonymous)
    {
        (_functions ??= []).Add(new Scope(parameters, !isAnonymous));
        _locals = new LocalScope(_locals);
    }

    public void PopFunction()
    {
        _functions!.RemoveAt(_functions.Count - 1);
        _locals = _locals.Outer!;
    }

    /// <summary>Enters a loop in the innermost scope; the list is given back to <see cref="PopLoop"/>.</summary>
    public List<LoopFrame> PushLoop(LoopFrame frame)
    {
        var scope = CurrentScope();
        var loops = scope is null ? _rootLoops ??= [] : scope.Loops ??= [];
        loops.Add(frame);
        (_locals.Loops ??= []).Add(frame);
        InLoop = true;
        return loops;
    }

    public void PopLoop(List<LoopFrame> loops, bool wasInLoop)
    {
        loops.RemoveAt(loops.Count - 1);
        _locals.Loops!.RemoveAt(_locals.Loops.Count - 1);
        InLoop = wasInLoop;
    }

    private static bool TryGet(Scope scope, MemberName name, out object? value) =>
        TryGetLoop(scope.Loops, name.Text, out value) || (scope.Names is not null && scope.Names.TryGet(name, out value));

    private static bool TryGetLoop(List<LoopFrame>? loops, string name, out object? value)
    {
        for (var i = (loops?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (loops![i].TryGetGlobal(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    private Scope? CurrentScope()
    {
        for (var i = (_functions?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_functions![i].Names is not null)
            {
                return _functions[i];
            }

            if (_functions[i].HidesOuter)
            {
                break;
            }
        }

        return _withs is { Count: > 0 } ? _withs[^1] : null;
    }

    /// <summary>A function's own names stay in it; a name that exists outside is written to the current object.</summary>
    private ObjectValue StoreFor(string name)
    {
        ObjectValue? own = null;
        for (var i = (_functions?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (_functions![i].Names is { } names)
            {
                own ??= names;
                if (names.TryGet(name, out _))
                {
                    return names;
                }
            }

            if (_functions[i].HidesOuter)
            {
                break;
            }
        }

        return own is null || ExistsOutside(name) ? CurrentObject : own;
    }

    private bool ExistsOutside(string name) =>
        (_withs is not null && _withs.Exists(s => s.Names!.TryGet(name, out _))) || Root.TryGet(name, out _) || Builtins.All.ContainsKey(name);
}
