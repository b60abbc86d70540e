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

    /// <summary>The incoming edges which a template passes a value on without reckoning with it.</summary>
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
    [InlineData("1e400", "{{ (v + 1) % 10 }}", "1")]
    [InlineData("1e400", "{{ v == 1e400 }}", "true")]
    [InlineData("1e400", "{{ v / 1e399 }}", "10")]
    [InlineData("1e400", "{{ v > 2.5 && v > 2.5m && 2.5m < v }}", "true")]
    [InlineData("1e5000", "{{ v > 1e400 && v != 1e400 && -v < 0 }}", "true")]
    [InlineData("1.5", "{{ 7e28m * 10 + v }}", "7E+29")]
    [InlineData("1.5", "{{ 3e38f * 10 > 2.9e39 }}", "true")]
    [InlineData("1.5", "{{ ['Infinity', 'NaN', '-Infinity', '1e400'] | array.each @string.to_double }}", "[null,null,null,null]")]
    [InlineData("1.5", "{{ ['Infinity', 'NaN', '1e39'] | array.each @string.to_float }}", "[null,null,null]")]
    public void Number_ReckonedWith_IsItsValue(string number, string template, string expected) => Assert.Equal(expected, Value(template, number));

    /// <summary>Neither JSON nor a text gets a number that is infinite or none: what would make one is an error at its place.</summary>
    [Theory]
    [InlineData("{{ 1e308 * 10.0 }}", "The number is too large", 10)]
    [InlineData("{{ 1.5 + 2 - 1.5e308 - 1.5e308 }}", "The number is too large", 22)]
    [InlineData("{{ v * 10 }}", "The number is too large", 6)]
    [InlineData("{{ v | math.times 2 }}", "The number is too large", 8)]
    [InlineData("{{ v | math.abs }}", "The number is too large", 8)]
    [InlineData("{{ v | math.round }}", "The number is too large", 8)]
    [InlineData("{{ v | math.ceil }}", "The number is too large", 8)]
    [InlineData("{{ -v }}", "The number is too large", 4)]
    [InlineData("{{ v | math.format 'F2' }}", "math.format: The number is too large", 4)]
    [InlineData("{{ v | object.format 'R' }}", "object.format: The number is too large", 4)]
    [InlineData("{{ v | math.divided_by 2 }}", "The number is too large", 4)]
    [InlineData("{{ timespan.from_days v }}", "The number is too large", 23)]
    [InlineData("{{ 1 / 0 }}", "Cannot divide by zero", 6)]
    [InlineData("{{ 0 / 0 }}", "Cannot divide by zero", 6)]
    [InlineData("{{ 0.0 / 0 }}", "Cannot divide by zero", 8)]
    [InlineData("{{ 1 // 0 }}", "Cannot divide by zero", 6)]
    [InlineData("{{ 1.5 % 0 }}", "Cannot divide by zero", 8)]
    [InlineData("{{ 1m / 0 }}", "Cannot divide by zero", 7)]
    [InlineData("{{ 1e30 / 0 }}", "Cannot divide by zero", 9)]
    [InlineData("{{ 1e400 % 0 }}", "Cannot divide by zero", 10)]
    [InlineData("{{ [1] / 0 }}", "Cannot divide by zero", 10)]
    [InlineData("{{ 1 | math.divided_by 0 }}", "Cannot divide by zero", 8)]
    [InlineData("{{ 1 | math.modulo 0 }}", "Cannot divide by zero", 8)]
    [InlineData("{{ 1 << 5000 }}", "The template reached its limit NumberBits", 6)]
    [InlineData("{{ 1.5 << 5000 }}", "The number is too large", 8)]
    [InlineData("{{ 1e400 / 3 }}", "The number is too large", 10)]
    [InlineData("{{ x = 1.5e308; x += x; x }}", "The number is too large", 17)]
    public void Number_ThatHasNoEnd_IsAnErrorAtItsPlace(string template, string message, int column)
    {
        var model = Model("1e5000");
        foreach (var place in new[] { TemplatePlace.Text, TemplatePlace.Json, TemplatePlace.UrlQuery })
        {
            var error = Assert.Throws<TemplateException>(() => Template.Parse(template).Render(model, new TemplateOptions { Place = place }));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            Assert.Equal((1, column), (error.Line, error.Column));
        }
    }

    [Theory]
    [InlineData("{{ 1.5e400 }}")]
    [InlineData("{{ 1e40f }}")]
    [InlineData("{{ 1e400d }}")]
    [InlineData("{{ 1e1001 }}")]
    public void Number_WrittenWithoutEnd_IsNoTemplate(string template) => Assert.Throws<TemplateException>(() => Template.Parse(template));

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
