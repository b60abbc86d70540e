using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

/// <summary>Mutated templates: nothing but <see cref="TemplateException"/> comes out, and every limit holds.</summary>
public sealed class TemplateFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20260731;
    private const int UsualCases = 30_000;

    private static readonly string[] Seeds =
    [
        "Hello {{ page.title | string.upcase }}, {{ user.name ?? 'nobody' }}!",
        "{{ for p in products }}{{ for.index }}: {{ p.title }} ({{ p['type'] }}){{ if !for.last }}, {{ end }}{{ else }}none{{ end }}",
        "{{ func f(x, y = 2, z...); ret x + y + z.size; end; f 1 2 3; [1, 2] | array.each @f }}",
        "{{ case user.name; when 'John', 'Jane'; 1; when 2 || 3; 2; else; 3; end }}",
        "{{ x = {a: [1, 2, {b: 'c'}], \"d e\": 1.5m}; x.a[2].b; x['d e'] += 1; x.f = this; x.a }}",
        "{{ $\"a {1 + 2} {'b' | string.append \"c\"}\" }}{%{ raw {{ x }} }%}{{- 'y' -}} z {{~ 'w' ~}}\n",
        "{{ while while.index < 3; if while.index == 1; break; end; end; capture c; 'text'; end; c }}",
        "{{ 'a1b22' | regex.matches `([a-z])(\\d+)` | array.map 'size' }}{{ regex.replace 'abc' 'b+' '[$0]' 'i' }}{{ 'a,b' | regex.split ',' }}",
        "{{ date.parse '2016/01/05 10:20:30' | date.add_days 1.5 | date.to_string '%A %d %B %Y %T %Z %j %U %s' }}{{ (timespan.from_days 5).total_hours }}",
        "{{ [3, 1, 2] | array.sort | array.join '-' @math.abs }}{{ products | array.map 'title' | array.sort | array.uniq | array.limit 3 }}",
        "{{ 1 << 65 >> 3 // 7 % 5 + -2.5e3 * 0x1F - 0b101 / 3m <= 4 && !true || null == empty }}{{ 'ab' * 3 }}",
        "{{ with product; title = 'x'; $y = title; end; product; tablerow $p in products limit: 4 offset: 1 cols: 2 reversed; $p.title; end }}",
        "{{ product | object.to_json | json.parse | object.keys }}{{ 'x + 1' | object.eval }}{{ '{{ 1 }}' | object.eval_template }}",
        "{{ path '$.products[0].title' }}{{ 'a b' | url.encode | url.decode | base64.encode | hash.sha256 }}{{ 5 | math.format 'N2' 'de-DE' }}",
        "{{ func w; $$; ret $0; end; wrap w 1; 'inner'; end; a = b = 1; ++a; a--; a?.b?.c ?! 1; ^[1, 2] | array.size }}",
    ];

    private static readonly string[] Pieces =
    [
        "{{",
        "}}",
        "{%{",
        "}%}",
        "{{-",
        "~}}",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "`",
        "$",
        "$$",
        "$0",
        "|",
        "|>",
        "||",
        "&&",
        "??",
        "?!",
        "?.",
        ".",
        "..",
        "..<",
        "...",
        "=",
        "==",
        "+=",
        "++",
        "--",
        "<<",
        ">>",
        "//",
        "@",
        "^",
        "!",
        "-",
        "\\",
        "\\u",
        "#",
        "##",
        ";",
        "\n",
        ":",
        ",",
        " end ",
        " if ",
        " else ",
        " for x in ",
        " while ",
        " func ",
        " do ",
        " ret ",
        " with ",
        " wrap ",
        " capture ",
        " case ",
        " when ",
        " break ",
        " readonly ",
        " import ",
        " this ",
        " null ",
        " true ",
        " empty ",
        " 9223372036854775807 ",
        " 1e99 ",
        " 0.1m ",
        " -1 ",
        " 1000000000 ",
        " products ",
        " string.replace ",
        " array.insert_at ",
        " string.pad_left ",
        " object.eval ",
        " math.format ",
        " date.parse ",
        "\ud800",
        "\0",
        "é",
        "\u2028",
    ];

    [Fact]
    public void MutatedTemplates_ParsedAndRendered_FailOnlyAsTemplates()
    {
        var configured = Environment.GetEnvironmentVariable("FLOWPILOT_FUZZ_CASES");
        var cases = string.IsNullOrEmpty(configured) ? UsualCases : int.Parse(configured, CultureInfo.InvariantCulture);
        output.WriteLine($"seed {Seed}, {cases} cases");
        var random = new Random(Seed);
        var limits = new TemplateLimits
        {
            LoopIterations = 2_000,
            Statements = 5_000,
            OutputLength = 100_000,
            StringLength = 50_000,
            TextProduced = 500_000,
            Elements = 20_000,
            Time = TimeSpan.FromSeconds(5),
        };
        var clock = new FixedClock(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var (parsed, rendered) = (0, 0);
        for (var i = 0; i < cases; i++)
        {
            var text = Mutated(random);
            var options = new TemplateOptions
            {
                Limits = limits,
                Clock = clock,
                Random = new Random(1),
                Place = (TemplatePlace)random.Next(5),
            };
            var watch = Stopwatch.StartNew();
            try
            {
                var template = Template.Parse(text);
                parsed++;
                Assert.NotNull(template.References);
                var result = template.Render(ScribanModel.Globals, options);
                rendered++;
                Assert.InRange(result.Length, 0, limits.OutputLength);
                if (template.IsSingleExpression)
                {
                    _ = template.Evaluate(ScribanModel.Globals, options)?.ToJsonString();
                }
            }
            catch (TemplateException e)
            {
                Assert.True(e.Line >= 1 && e.Column >= 1, $"case {i}: no place for {e.Message} in\n{text}");
            }
            catch (Exception e)
            {
                Assert.Fail($"case {i} of seed {Seed}: {e}\n{text}");
            }

            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"case {i} took {watch.Elapsed}:\n{text}");
        }

        output.WriteLine($"{parsed} parsed, {rendered} rendered");
        Assert.True(rendered > cases / 100, "the mutations leave too little to render");
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                    break;
                case 1 or 2:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 3:
                    var other = Seeds[random.Next(Seeds.Length)];
                    var start = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(start, random.Next(other.Length - start)));
                    break;
                case 4:
                    var piece = Pieces[random.Next(Pieces.Length)];
                    text.Remove(at, Math.Min(piece.Length, text.Length - at)).Insert(at, piece);
                    break;
                default:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(1, 400))));
                    break;
            }
        }

        return text.ToString();
    }
}
