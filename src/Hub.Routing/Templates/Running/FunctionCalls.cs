using Hub.Routing.Templates.Functions;
using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Running;

/// <summary>The calls of one rendering, and what is piped to them.</summary>
internal sealed class FunctionCalls(RenderState state)
{
    private Expression[]? _pipes;
    private int _pipeCount;
    private int _pipeStart;

    /// <summary>The block that <c>wrap</c> hands to the next function called.</summary>
    public Block? WrappedBlock { get; set; }

    public void Pipe(Expression from)
    {
        _pipes ??= new Expression[4];
        if (_pipeCount == _pipes.Length)
        {
            Array.Resize(ref _pipes, _pipes.Length * 2);
        }

        _pipes[_pipeCount++] = from;
    }

    public bool IsPending(Expression from) => _pipeCount > _pipeStart && _pipes![_pipeCount - 1] == from;

    /// <summary>Hides what is piped; gives what <see cref="EndPipes"/> takes.</summary>
    public int StartPipes() => (_pipeStart, _pipeStart = _pipeCount).Item1;

    public void EndPipes(int start)
    {
        _pipeCount = _pipeStart;
        _pipeStart = start;
    }

    /// <summary>Calls a function with arguments still to be evaluated; with <paramref name="piped"/> what is pending in a pipe comes first.</summary>
    public object? Call(Function function, Expression site, Expression[] arguments, bool piped)
    {
        var block = WrappedBlock;
        WrappedBlock = null;
        if (piped && _pipeCount > _pipeStart)
        {
            arguments = [_pipes![--_pipeCount], .. arguments];
        }

        var binding = new ArgumentBinding(state, function, site, arguments);
        var values = binding.Bind();
        return Invoke(function, site, arguments, values, block);
    }

    /// <summary>Calls a function that was passed to another one.</summary>
    public object? Call(Function function, Expression site, params object?[] values) =>
        Invoke(function, site, [], ArgumentBinding.Complete(state, function, site, values), null);

    private object? Invoke(Function function, Expression site, Expression[] arguments, object?[] values, Block? block)
    {
        state.EnterCall(site.Start);
        var frame = StartPipes();
        var result = function.Invoke(new Arguments(state, site, arguments, values), block);
        EndPipes(frame);
        state.LeaveCall();
        state.Flow = Flow.Next;
        return result;
    }
}
