using System.Text;
using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

public sealed class WrittenNumberTests
{
    public static TheoryData<string> Numbers =>
        [
            "123456789012345678901234567890123456789012345678901234567890123456789012345678",
            "0.12345678901234567890123456789012",
            "12345678901234567890123456789012.5",
            "1e400",
            "-1E-400",
            "1e2",
            "1.50",
            "1.0",
            "-0",
            "-0.0",
            "9007199254740993",
            "99999999999999999999999.10",
            "2.5E+10",
        ];

    /// <summary>The ways in which a template passes a value on without reckoning with it.</summary>
    public static TheoryData<string> Ways =>
        [
            "{{ v }}",
            "{{ o.v }}",
            "{{ o?.v }}",
            "{{ list[0] }}",
            "{{ o['v'] }}",
            "{{ list | array.first }}",
            "{{ nothing ?? v }}",
            "{{ nothing | object.default v }}",
            "{{ true ? v : 0 }}",
            "{{ path '$.o.v' }}",
            "{{ [v] | array.first }}",
            "{{ (list | array.add 1)[0] }}",
            "{{ (o | object.values)[0] }}",
            "{{ { x: v }.x }}",
            "{{ v | json.stringify | json.parse }}",
            "{{ v | raw }}",
        ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Number_OnlyPassedOn_StaysAsItWasWritten(string number)
    {
        foreach (var way in Ways.Select(way => way.Data))
        {
            Assert.True(Value(way, number) == number, $"{way}: {Value(way, number)}");
            Assert.True(Template.Parse(way).Evaluate(Model(number))!.ToJsonString() == number, way);
            Assert.Equal($"<{number}>", Template.Parse($"<{way}>").Render(Model(number)));
        }

        Assert.Equal(number + ",", Template.Parse("{{ for x in list }}{{ x }},{{ end }}").Render(Model(number)));
        Assert.Equal(number + ",", Template.Parse("{{ for x in list }}{{ y = x; y }},{{ end }}").Render(Model(number)));
        Assert.Equal(
            $$"""{"n":{{number}},"l":[{{number}}]}""",
            Template.Parse("""{"n":{{ v }},"l":{{ list }}}""").Render(Model(number), new TemplateOptions { Place = TemplatePlace.Json })
        );
        Assert.Equal($"[{number},1]", Value("{{ list | array.add 1 }}", number));
        Assert.Equal($$"""{"x":{{number}}}""", Value("{{ { x: v } }}", number));
    }

    [Theory]
    [InlineData("1e2", "{{ v + 1 }}", "101")]
    [InlineData("1e2", "{{ -v }}", "-100")]
    [InlineData("1e2", "{{ v == 100 }}", "true")]
    [InlineData("1e2", "{{ v | math.times 2 }}", "200")]
    [InlineData("1e2", "{{ v | math.round }}", "100")]
    [InlineData("1e2", "{{ list[v - 100] }}", "1e2")]
    [InlineData("1e2", "{{ list | array.contains 100 }}", "true")]
    [InlineData("1e2", "{{ [v, 100, 3] | array.uniq | array.size }}", "2")]
    [InlineData("1e2", "{{ [v, 3] | array.sort }}", "[3,1e2]")]
    [InlineData("1e2", "{{ v | object.typeof }}", "\"number\"")]
    [InlineData("1e2", "{{ v | object.kind }}", "\"decimal\"")]
    [InlineData("1e2", "{{ v | math.format 'F2' }}", "\"100.00\"")]
    [InlineData("1e2", "{{ math.is_number v }}", "true")]
    [InlineData("1e2", "{{ v > 99 && v < 101 }}", "true")]
    [InlineData("1e1", "{{ 'ab' * v | string.size }}", "20")]
    [InlineData("-0", "{{ v + 0 }}", "0")]
    [InlineData("-0", "{{ v == 0 }}", "true")]
    [InlineData("1e400", "{{ v > 1 }}", "true")]
    public void Number_ReckonedWith_IsItsValue(string number, string template, string expected) => Assert.Equal(expected, Value(template, number));

    [Fact]
    public void Number_OfManyDigits_CountsAsText()
    {
        var model = Model(new string('7', 700_000));
        var limits = new TemplateLimits { TextProduced = 1_000_000 };
        Assert.Throws<TemplateException>(() => Template.Parse("{{ x = v; y = v; z = v; x }}").Render(model, limits));
    }

    private static string Value(string template, string number)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Template.Parse(template).EvaluateTo(writer, Model(number), TemplateOptions.Default);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonElement Model(string number) => JsonElement.Parse($$"""{"v":{{number}},"o":{"v":{{number}}},"list":[{{number}}]}""");
}
