using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

/// <summary>Hostile templates end with the limit they reach, soon and in little memory.</summary>
public sealed class TemplateLimitsTests
{
    private const long MaxAllocated = 64L * 1024 * 1024;

    [Theory]
    [InlineData("{{ while true }}{{ end }}", "LoopIterations")]
    [InlineData("{{ while true; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; end }}", "Statements")]
    [InlineData("{{ for a in 1..1000; for b in 1..1000; for c in 1..1000; end; end; end }}", "LoopIterations")]
    [InlineData("{{ for a in 1..10000000000 }}{{ end }}", "LoopIterations")]
    [InlineData("{{ 1..1000000000 | array.size }}{{ for a in 1..1000000000 }}{{ end }}", "LoopIterations")]
    [InlineData("{{ 1..1000000000 | array.reverse }}", "Elements")]
    [InlineData("{{ 1..1000000000 }}", "StringLength")]
    [InlineData("{{ 'x' * 1000000000 }}", "StringLength")]
    [InlineData("{{ s = 'xxxxxxxxxx'; while true; s = s + s; end }}", "StringLength")]
    [InlineData("{{ s = 'x' * 500000; a = []; while true; a[a.size] = s + '1'; end }}", "TextProduced")]
    [InlineData("{{ a = [1]; while true; a = a + a; end }}", "Elements")]
    [InlineData("{{ [1, 2, 3] * 1000000000 }}", "Elements")]
    [InlineData("{{ a = []; a[2000000000] = 1 }}", "Elements")]
    [InlineData("{{ [] | array.insert_at 2000000000 1 }}", "Elements")]
    [InlineData("{{ a = {}; for i in 1..100000; a['k' + i] = [i, i, i, i, i, i]; end }}", "Elements")]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}", "StringLength")]
    [InlineData("{{ 'x' | string.pad_right 2000000000 }}", "StringLength")]
    [InlineData("{{ ('x' * 100000) | string.replace 'x' ('y' * 100000) }}", "StringLength")]
    [InlineData("{{ ('x' * 100000) | regex.replace 'x' ('y' * 100000) }}", "StringLength")]
    [InlineData("{{ ('x' * 100000) | regex.replace '.+' ('$0' * 100000) }}", "StringLength")]
    [InlineData("{{ ('x' * 1000) | regex.replace '(.)' ('a$1$$' * 400) }}", "StringLength")]
    [InlineData("{{ a = 'x,' * 400000 | string.split ','; a = 'x,' * 400000 | string.split ',' }}", "Elements")]
    [InlineData("{{ ('x ' * 400000) | string.truncatewords 400000 }}{{ ('x ' * 400000) | string.truncatewords 400000 }}", "Elements")]
    [InlineData("{{ t = '[1' + ',1' * 400000 + ']'; a = t | json.parse; b = t | json.parse }}", "Elements")]
    [InlineData("{{ t = '1;' * 49000; for i in 1..9; t | object.eval; end }}", "Elements")]
    [InlineData("{{ ('1;' * 400000) | object.eval }}", "Parts")]
    [InlineData("{{ a = '<' * 900000 | html.escape }}", "StringLength")]
    [InlineData("{{ a = '{' * 900000; b = {x: a, y: a} | json.stringify }}", "StringLength")]
    [InlineData("{{ (1..100000) | array.join ('y' * 100000) }}", "StringLength")]
    [InlineData("{{ s = 'x' * 1000000; while true; s; end }}", "OutputLength")]
    [InlineData("{{ s = 'x' * 1000; capture c; while true; s; end; end }}", "OutputLength")]
    [InlineData("{{ func f; f; end; f }}", "CallDepth")]
    [InlineData("{{ func f(x); ret (((((((((f(x + 1)))))))))); end; f(1) }}", "CallDepth")]
    [InlineData("{{ f = do; array.each [1] @f; end; f }}", "CallDepth")]
    [InlineData("{{ s = \"'x' | object.eval\"; s2 = 's2 | object.eval'; s2 | object.eval }}", "CallDepth")]
    [InlineData("{{ t = '{' + '{ t | object.eval_template }' + '}'; t | object.eval_template }}", "CallDepth")]
    [InlineData("{{ a = {}; a.self = a; a }}", "ObjectDepth")]
    [InlineData("{{ a = {}; a.self = a; a | object.to_json }}", "ObjectDepth")]
    [InlineData("{{ a = []; a[0] = a; a == [a] }}", "ObjectDepth")]
    [InlineData("{{ a = [1]; for i in 1..60; a = [a, a]; end; a }}", "StringLength")]
    [InlineData("{{ a = [1]; b = [1]; for i in 1..60; a = [a, a]; b = [b, b]; end; a == b }}", "Elements")]
    [InlineData("{{ 1 << 1000000000 }}", "NumberBits")]
    [InlineData("{{ x = 2; while true; x = x * x; end }}", "NumberBits")]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa' | regex.match ('(a?)' * 500) }}", "PatternLength")]
    public void HostileTemplate_Rendered_NamesTheLimit(string text, string limit)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        // The counted limits do not depend on the machine; only the time does, so a busy one gets more of it.
        var limits = new TemplateLimits { Time = TimeSpan.FromSeconds(20) };
        var error = Assert.Throws<TemplateException>(() => Template.Parse(text).Render(ScribanModel.Globals, limits));
        Assert.Equal(limit, error.Limit);
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("{{ ('x' * 900000) | regex.replace 'x+' 'y' }}", "y")]
    [InlineData("{{ ('x' * 900000) | regex.match '(x|[a-z])+' | array.size }}", "2")]
    [InlineData("{{ ('x' * 900000) | regex.split '[a-z]{3,}' | array.size }}", "2")]
    [InlineData("{{ ('x' * 900000) | regex.matches 'x+ # all' 'x' | array.size }}", "1")]
    [InlineData("{{ ('x' * 90000) | regex.replace 'x' 'y' | string.size }}", "90000")]
    [InlineData("{{ ('x' * 90000 + 'y') | regex.replace '(?:x|y)$|x{3}' 'z' | string.size }}", "30001")]
    [InlineData("{{ 'a\uFFFFb' | regex.match 'a' | array.first | string.size }}", "1")]
    public void Pattern_OverALongText_TakesLittleMemory(string text, string expected)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(expected, Template.Parse(text).Render(ScribanModel.Globals, new TemplateLimits { Time = TimeSpan.FromSeconds(20) }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
    }

    [Theory]
    [InlineData("a)(b")]
    [InlineData("a) # (")]
    public void Pattern_ThatIsNoneByItself_IsRefused(string pattern) =>
        Assert.ThrowsAny<Exception>(() => Template.Parse($"{{{{ 'ab' | regex.match '{pattern}' }}}}").Render(ScribanModel.Globals));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("1+", "")]
    [InlineData("1*(", ")")]
    [InlineData("a | ", "")]
    [InlineData("a.", "")]
    [InlineData("a[", "]")]
    [InlineData("true ? ", " : 1")]
    [InlineData("f(", ")")]
    [InlineData("$\"{", "}\"")]
    [InlineData("do;", ";end")]
    [InlineData("if 1;", ";end")]
    [InlineData("for x in y;", ";end")]
    [InlineData("case 1; when 1;", ";end")]
    [InlineData("func f;", ";end")]
    [InlineData("x = do;", ";end")]
    public void DeepNesting_Parsed_NamesTheLimit(string open, string close)
    {
        const int Depth = 20_000;
        var text = new StringBuilder("{{ ")
            .Insert(3, open, Depth)
            .Append('1')
            .Append(close.Length == 0 ? "" : string.Concat(Enumerable.Repeat(close, Depth)))
            .Append(" }}");
        var error = Assert.Throws<TemplateException>(() => Template.Parse(text.ToString()));
        Assert.Equal(nameof(TemplateLimits.Nesting), error.Limit);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("1+", "")]
    [InlineData("if 1;", ";end")]
    public void Nesting_BelowTheLimit_Renders(string open, string close)
    {
        const int Depth = 100;
        var text = new StringBuilder("{{ ").Insert(3, open, Depth).Append('1').Append(string.Concat(Enumerable.Repeat(close, Depth))).Append(" }}");
        Assert.NotEmpty(Template.Parse(text.ToString()).Render(default(JsonElement)));
    }

    [Fact]
    public void ElseIf_ManyBranches_IsNoNesting()
    {
        var text = "{{ x = 5000; if x == 0; 0; " + string.Concat(Enumerable.Range(1, 5000).Select(i => $"else if x == {i}; {i}; ")) + "end }}";
        Assert.Equal("5000", Template.Parse(text).Render(default(JsonElement)));
    }

    [Fact]
    public void RunawayFunction_OnSmallStack_DoesNotOverflow()
    {
        TemplateException? error = null;
        var thread = new Thread(
            () =>
                error = Assert.Throws<TemplateException>(() =>
                    Template.Parse("{{ func f(x); ret [[[[[[[[[[f(x + 1)]]]]]]]]]]; end; f(1) }}").Render(default, new TemplateLimits { CallDepth = 1_000_000 })
                ),
            256 * 1024
        );
        thread.Start();
        thread.Join();
        Assert.Equal(nameof(TemplateLimits.CallDepth), error?.Limit);
    }

    [Fact]
    public void Time_UsedUp_EndsRendering()
    {
        var limits = new TemplateLimits
        {
            Time = TimeSpan.FromMilliseconds(50),
            LoopIterations = int.MaxValue,
            Statements = int.MaxValue,
        };
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<TemplateException>(() => Template.Parse("{{ while true; end }}").Render(default, limits));
        Assert.Equal(nameof(TemplateLimits.Time), error.Limit);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(.*a){20}b")]
    public void RegexBomb_Matched_TakesLinearTime(string pattern)
    {
        var watch = Stopwatch.StartNew();
        var text = Template.Parse($"{{{{ ('a' * 20000) | regex.match `{pattern}` | array.size }}}}").Render(default(JsonElement));
        Assert.Equal("0", text);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(a)\\1")]
    [InlineData("(?>a)")]
    public void Regex_WithoutBoundedMatch_IsRefused(string pattern)
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse($"{{{{ 'a' | regex.match `{pattern}` }}}}").Render(default(JsonElement)));
        Assert.Contains("character", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ 1 | math.format 'N999999999' }}")]
    [InlineData("{{ 1 | object.format 'D2000000' }}")]
    [InlineData("{{ date.parse '2020-01-01' | date.add_days 1e300 }}")]
    [InlineData("{{ timespan.from_days 1e300 }}")]
    [InlineData("{{ 1e2000000000 }}")]
    [InlineData("{{ 1 | math.round 99 }}")]
    [InlineData("{{ 'x' | string.base64_decode }}")]
    [InlineData("{{ '{' | json.parse }}")]
    [InlineData("{{ 'abc' | string.index_of 'b' 99 }}")]
    [InlineData("{{ [{}, []] | array.sort }}")]
    [InlineData("{{ '(' | regex.match '(' }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{{ path '$[' }}")]
    [InlineData("{{ date.parse '2020' | date.to_string '%d' 'no-SUCH' }}")]
    public void BadArgument_OfFunction_IsATemplateException(string text)
    {
        if (!Template.TryParse(text, out var template, out var error))
        {
            Assert.Null(error.Limit);
            return;
        }

        Record.Exception(() => template.Render(ScribanModel.Globals)).IsNullOr<TemplateException>();
    }

    [Fact]
    public void Model_TooLargeToWalk_NamesTheLimit()
    {
        var model = JsonElement.Parse("{\"items\":[" + string.Join(',', Enumerable.Repeat("{\"a\":1}", 200_000)) + "]}");
        var error = Assert.Throws<TemplateException>(() => Template.Parse("{{ items }}{{ items | array.map 'a' | array.sort | array.uniq }}").Render(model));
        Assert.NotNull(error.Limit);
        Assert.Equal("200000", Template.Parse("{{ items.size }}").Render(model));
    }
}
