using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Running;

/// <summary>One rendering: what it has used of its limits, and its names, calls and output.</summary>
internal sealed class RenderState
{
    private readonly long _deadline;
    private readonly JsonElement[] _slots;
    private int _statements;
    private int _iterations;
    private long _elements;
    private long _produced;
    private int _depth;
    private FunctionCalls? _calls;

    public RenderState(string text, JsonElement model, TemplateOptions options, int slots)
    {
        _slots = slots == 0 ? [] : new JsonElement[slots];
        Text = text;
        Model = model;
        Options = options;
        Limits = options.Limits;
        Names = new NameScopes(this);
        Output = new RenderOutput(this);

        // The limit measures real time, whatever clock the template is shown.
        _deadline = Stopwatch.GetTimestamp() + (long)(Limits.Time.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>The text being run: the template, or what <c>object.eval</c> was given.</summary>
    public string Text { get; set; }

    public JsonElement Model { get; }

    public TemplateOptions Options { get; }

    public NameScopes Names { get; }

    public RenderOutput Output { get; }

    public FunctionCalls Calls => _calls ??= new FunctionCalls(this);

    public TemplateLimits Limits { get; }

    /// <summary>The offset that errors without a place of their own are reported at.</summary>
    public int At { get; set; }

    /// <summary>Why the current block is being left.</summary>
    public Flow Flow { get; set; }

    /// <summary>What <c>array.cycle</c> has reached, by group.</summary>
    public Dictionary<string, int>? Cycles { get; set; }

    public string DateFormat { get; set; } = Functions.DateFormatting.DefaultFormat;

    /// <summary>What a path of the template has read in the model; undefined before.</summary>
    public ref JsonElement Slot(int index) => ref _slots[index];

    public TemplateException Error(int offset, string message) => TemplateException.At(Text, offset, message);

    public TemplateException Error(string message) => Error(At, message);

    /// <summary>An expression as it is written, for a message.</summary>
    public string Written(Expression expression) =>
        expression.Start >= 0 && expression.End < Text.Length && expression.End >= expression.Start
            ? Conditions.NearestName.Shorten(Text[expression.Start..(expression.End + 1)])
            : "";

    /// <summary>Counts a statement.</summary>
    public void Step(int offset)
    {
        At = offset;
        if (++_statements > Limits.Statements)
        {
            throw Reached(nameof(Limits.Statements), Limits.Statements);
        }

        if ((_statements & 15) == 0)
        {
            CheckTime();
        }
    }

    /// <summary>Counts an iteration of a loop.</summary>
    public void Iterate(int offset)
    {
        At = offset;
        Iterate();
    }

    /// <summary>Counts an iteration of a function over a list.</summary>
    public void Iterate()
    {
        if (++_iterations > Limits.LoopIterations)
        {
            throw Reached(nameof(Limits.LoopIterations), Limits.LoopIterations);
        }

        if ((_iterations & 15) == 0)
        {
            CheckTime();
        }
    }

    public void ChargeElements(long count)
    {
        var before = _elements;
        _elements += count;
        if (_elements > Limits.Elements)
        {
            throw Reached(nameof(Limits.Elements), Limits.Elements);
        }

        if (before >> 10 != _elements >> 10)
        {
            CheckTime();
        }
    }

    /// <summary>Counts the characters of a string about to be made.</summary>
    public void ChargeText(long length)
    {
        CheckText(length);
        _produced += length;
        if (_produced > Limits.TextProduced)
        {
            throw Reached(nameof(Limits.TextProduced), Limits.TextProduced);
        }
    }

    /// <summary>Whether a string may be so long.</summary>
    public void CheckText(long length)
    {
        if (length > Limits.StringLength)
        {
            throw Reached(nameof(Limits.StringLength), Limits.StringLength);
        }
    }

    public string Charged(string text)
    {
        ChargeText(text.Length);
        return text;
    }

    public object Charged(BigInteger number) =>
        number.GetBitLength() > Limits.NumberBits ? throw Reached(nameof(Limits.NumberBits), Limits.NumberBits)
        : number >= long.MinValue && number <= long.MaxValue ? Boxes.Of((long)number)
        : number;

    public void CheckTime()
    {
        if (Stopwatch.GetTimestamp() > _deadline)
        {
            throw TemplateException.At(Text, At, $"The template ran longer than {Limits.Time.TotalSeconds:0.###} seconds (limit Time)", nameof(Limits.Time));
        }
    }

    /// <summary>What is left of the time, for work that watches the clock itself.</summary>
    public TimeSpan TimeLeft()
    {
        CheckTime();
        return TimeSpan.FromSeconds(Math.Max(0.001, (double)(_deadline - Stopwatch.GetTimestamp()) / Stopwatch.Frequency));
    }

    public void EnterCall(int offset)
    {
        At = offset;
        if (++_depth > Limits.CallDepth)
        {
            throw Reached(nameof(Limits.CallDepth), Limits.CallDepth);
        }

        EnsureStack();
    }

    public void LeaveCall() => _depth--;

    public void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Reached(nameof(Limits.CallDepth), Limits.CallDepth);
        }
    }

    public TemplateException Reached(string limit, long value) => TemplateException.At(Text, At, $"The template reached its limit {limit} = {value}", limit);
}
