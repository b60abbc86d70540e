using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HandlebarsDotNet;
using Hub.Routing.Templates;

namespace Hub.Routing.Bench;

/// <summary>
/// A message of five holes, one with a function, and a list of fifty lines, over a webhook's body as parsed JSON. Handlebars.Net gives the same output;
/// it reads no JSON, so it is measured with dictionaries made beforehand, and with making them, as each new body asks for.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(BusyMachine))]
public class TemplateBenchmarks
{
    private const string FiveHoles =
        "[{{ trigger.body.severity }}] {{ trigger.body.title }} on {{ trigger.body.host.name }} ({{ trigger.body.count }} times), see {{ trigger.body.url }}";
    private const string FiveHolesHandlebars =
        "[{{{trigger.body.severity}}}] {{{trigger.body.title}}} on {{{trigger.body.host.name}}} ({{{trigger.body.count}}} times), see {{{trigger.body.url}}}";
    private const string Function = "{{ trigger.body.title | string.upcase }}: {{ trigger.body.host.name }}";
    private const string FunctionHandlebars = "{{{upcase trigger.body.title}}}: {{{trigger.body.host.name}}}";
    private const string Lines = "{{ for line in trigger.body.lines }}{{ line.sku }} x {{ line.quantity }}\n{{ end }}";
    private const string LinesHandlebars = "{{#each trigger.body.lines}}{{{this.sku}}} x {{{this.quantity}}}\n{{/each}}";

    private readonly JsonElement _model = JsonElement.Parse(
        $$"""
        { "trigger": { "body": { "severity": "high", "title": "Disk almost full", "host": { "name": "db-1.example.org" },
          "count": 12, "url": "https://example.org/alerts/4711",
          "lines": [{{string.Join(',', Enumerable.Range(1, 50).Select(i => $$"""{"sku":"SKU-{{i}}","quantity":{{i}}}"""))}}] } } }
        """
    );

    private readonly Template _fiveHoles = Template.Parse(FiveHoles);
    private readonly Template _function = Template.Parse(Function);
    private readonly Template _lines = Template.Parse(Lines);
    private readonly object _dictionaries;
    private readonly HandlebarsTemplate<object, object> _fiveHolesHandlebars;
    private readonly HandlebarsTemplate<object, object> _functionHandlebars;
    private readonly HandlebarsTemplate<object, object> _linesHandlebars;

    public TemplateBenchmarks()
    {
        _dictionaries = ToDictionaries(_model)!;
        var handlebars = Handlebars.Create();
        handlebars.RegisterHelper("upcase", (writer, _, arguments) => writer.WriteSafeString(((string)arguments[0]!).ToUpperInvariant()));
        _fiveHolesHandlebars = handlebars.Compile(FiveHolesHandlebars);
        _functionHandlebars = handlebars.Compile(FunctionHandlebars);
        _linesHandlebars = handlebars.Compile(LinesHandlebars);
        Same(FiveHolesOurs(), FiveHolesTheirs());
        Same(FunctionOurs(), FunctionTheirs());
        Same(LinesOurs(), LinesTheirs());
    }

    [Benchmark]
    public string FiveHolesOurs() => _fiveHoles.Render(_model);

    [Benchmark]
    public string FiveHolesTheirs() => _fiveHolesHandlebars(_dictionaries);

    [Benchmark]
    public string FiveHolesTheirsFromJson() => _fiveHolesHandlebars(ToDictionaries(_model)!);

    [Benchmark]
    public string FunctionOurs() => _function.Render(_model);

    [Benchmark]
    public string FunctionTheirs() => _functionHandlebars(_dictionaries);

    [Benchmark]
    public string LinesOurs() => _lines.Render(_model);

    [Benchmark]
    public string LinesTheirs() => _linesHandlebars(_dictionaries);

    [Benchmark]
    public string LinesTheirsFromJson() => _linesHandlebars(ToDictionaries(_model)!);

    [Benchmark]
    public Template Parsing() => Template.Parse(FiveHoles);

    /// <summary>What Handlebars reads fastest; making it is not part of its time.</summary>
    private static object? ToDictionaries(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().ToDictionary(p => p.Name, p => ToDictionaries(p.Value), StringComparer.Ordinal),
            JsonValueKind.Array => element.EnumerateArray().Select(ToDictionaries).ToArray(),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetInt64(),
            _ => null,
        };

    private static void Same(string ours, string theirs)
    {
        if (ours != theirs)
        {
            throw new InvalidOperationException($"The outputs differ:\n{ours}\n{theirs}");
        }
    }
}
