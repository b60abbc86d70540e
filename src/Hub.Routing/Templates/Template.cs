using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;
using Hub.Routing.Writing;

namespace Hub.Routing.Templates;

/// <summary>A compiled template (the Scriban language). Immutable and safe to share between threads.</summary>
public sealed class Template
{
    private const int UsualValueLength = 16;

    private readonly Block _block;
    private readonly Expression? _single;
    private readonly int _expectedLength;
    private readonly int _slots;
    private Reads? _reads;

    private Template(string text, Block block, int slots)
    {
        _slots = slots;
        Text = text;
        _block = block;
        _single = SingleExpression(text, block);
        _expectedLength = text.Length + (UsualValueLength * block.Statements.Count);
    }

    public string Text { get; }

    /// <summary>Whether the text is exactly one <c>{{ expression }}</c>, whose value keeps its JSON type.</summary>
    public bool IsSingleExpression => _single is not null;

    /// <summary>Whether the text is one expression that is taken out of escaping, by <c>raw</c>.</summary>
    public bool IsRaw => _single?.Escaping == Escaping.None;

    /// <summary>What the template reads of its model by constant names, in the order of the text.</summary>
    public IReadOnlyList<TemplateReference> References => (_reads ??= FindReads()).References;

    /// <summary>The queries written out for the function <c>path</c>, which read the model too.</summary>
    public IReadOnlyList<string> Queries => (_reads ??= FindReads()).Queries;

    /// <summary>The functions that it calls and that there are not.</summary>
    public IReadOnlyList<TemplateName> UnknownFunctions => (_reads ??= FindReads()).UnknownFunctions;

    /// <summary>What is wrong with the texts that it has run as code or as templates, where they are written out; and where that is.</summary>
    public IReadOnlyList<TemplateName> InvalidTexts => (_reads ??= FindReads()).InvalidTexts;

    /// <summary>
    /// The local variables (<c>$name</c>) that are read and never given a value, without the <c>$</c>; empty for <c>$</c> itself, where it is called.
    /// </summary>
    public IReadOnlyList<TemplateName> UnassignedLocals => (_reads ??= FindReads()).UnassignedLocals;

    /// <summary>The regular expressions that it writes out.</summary>
    public IReadOnlyList<TemplatePattern> Patterns => (_reads ??= FindReads()).Patterns;

    /// <summary>
    /// Whether the text is one expression that is a chain of members and nothing else, so that its value is what <see cref="References"/> names.
    /// </summary>
    public bool IsReference => _single is PathExpression path && path.IsPlainChain;

    /// <exception cref="TemplateException">The text is not a valid template.</exception>
    public static Template Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var block = Parser.Parse(text, out var slots);
        return new Template(text, block, slots);
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out Template? template, [NotNullWhen(false)] out TemplateException? error)
    {
        try
        {
            (template, error) = (Parse(text), null);
            return true;
        }
        catch (TemplateException e)
        {
            (template, error) = (null, e);
            return false;
        }
    }

    /// <summary>Renders to text.</summary>
    /// <exception cref="TemplateException">Evaluation failed or a limit was reached.</exception>
    public string Render(JsonElement model, TemplateLimits? limits = null) => Render(model, OptionsFor(limits));

    /// <summary>Renders to text.</summary>
    /// <exception cref="TemplateException">Evaluation failed or a limit was reached.</exception>
    public string Render(JsonElement model, TemplateOptions options)
    {
        var state = new RenderState(Text, model, options, _slots);
        try
        {
            Run(state);
            return state.Output.Finish();
        }
        finally
        {
            state.Output.Release();
        }
    }

    /// <summary>Renders to a JSON string, without making a string in between.</summary>
    /// <exception cref="TemplateException">Evaluation failed or a limit was reached; nothing was written.</exception>
    public void RenderTo(Utf8JsonWriter writer, JsonElement model, TemplateOptions options)
    {
        var state = new RenderState(Text, model, options, _slots);
        state.Output.Room = RoomIn(writer, options);
        try
        {
            Run(state);
            writer.WriteText(state.Output.Text);
        }
        finally
        {
            state.Output.Release();
        }
    }

    /// <summary>The value of a text that is exactly one expression, with its JSON type; null is JSON null.</summary>
    /// <exception cref="TemplateException">Evaluation failed or a limit was reached.</exception>
    /// <exception cref="InvalidOperationException">The text is not exactly one expression.</exception>
    public JsonNode? Evaluate(JsonElement model, TemplateLimits? limits = null) => Evaluate(model, OptionsFor(limits));

    /// <inheritdoc cref="Evaluate(JsonElement, TemplateLimits?)"/>
    public JsonNode? Evaluate(JsonElement model, TemplateOptions options)
    {
        var state = new RenderState(Text, model, options, _slots);
        return JsonNodes.ToNode(state, ValueOf(state));
    }

    /// <summary>Writes the value of a text that is exactly one expression, with its JSON type.</summary>
    /// <inheritdoc cref="Evaluate(JsonElement, TemplateLimits?)"/>
    public void EvaluateTo(Utf8JsonWriter writer, JsonElement model, TemplateOptions options)
    {
        var state = new RenderState(Text, model, options, _slots);
        state.Output.Room = RoomIn(writer, options);
        JsonWriting.Write(state, writer, ValueOf(state), 1);
    }

    public override string ToString() => Text;

    /// <summary>The bytes that the writer still takes, and so the most characters.</summary>
    private static int RoomIn(Utf8JsonWriter writer, TemplateOptions options) =>
        (int)Math.Max(0, options.MaxBytes - writer.BytesCommitted - writer.BytesPending);

    private static TemplateOptions OptionsFor(TemplateLimits? limits) => limits is null ? TemplateOptions.Default : new TemplateOptions { Limits = limits };

    /// <summary>Literal white space around the hole would be text, so the hole must be all there is.</summary>
    private static Expression? SingleExpression(string text, Block block) =>
        block.Statements is [ExpressionStatement { Expression: not AssignExpression } only]
        && text.StartsWith("{{", StringComparison.Ordinal)
        && text.EndsWith("}}", StringComparison.Ordinal)
            ? only.Expression
            : null;

    private void Run(RenderState state)
    {
        state.Output.Start(Math.Min(_expectedLength, Math.Min(state.Limits.OutputLength, state.Output.Room)));
        if (_block.Run(state) is { } returned)
        {
            state.Output.WriteValue(returned, Escaping.Usual);
        }
    }

    private object? ValueOf(RenderState state)
    {
        if (_single is null)
        {
            throw new InvalidOperationException("The template is not exactly one expression; render it instead.");
        }

        // A function with text in it writes to the output, which is not the value.
        state.Output.Start(0);
        try
        {
            state.Step(_single.Start);
            return _single.Evaluate(state);
        }
        finally
        {
            state.Output.Release();
        }
    }

    private Reads FindReads()
    {
        var collector = new ReferenceCollector();
        _block.Collect(collector);
        return new Reads(
            collector.Finish(Text),
            collector.Queries,
            collector.UnknownFunctions(Text),
            collector.Invalid(Text),
            collector.UnassignedLocals(Text),
            collector.Patterns(Text)
        );
    }

    private sealed record Reads(
        IReadOnlyList<TemplateReference> References,
        IReadOnlyList<string> Queries,
        IReadOnlyList<TemplateName> UnknownFunctions,
        IReadOnlyList<TemplateName> InvalidTexts,
        IReadOnlyList<TemplateName> UnassignedLocals,
        IReadOnlyList<TemplatePattern> Patterns
    );
}
