using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

/// <summary>A loop follows a JSON array without making values of its items; what a template does to the array or an item must show all the same.</summary>
public sealed class LoopOverJsonTests
{
    private static readonly JsonElement Model = JsonElement.Parse(
        """
        { "items": [ { "n": 1, "s": "a", "o": { "x": [ 1, 2 ] }, "t": true, "d": 1.50, "z": null }, { "n": 2, "s": "b", "o": { "x": [ 3 ] } },
          { "n": 2, "s": "b", "o": {} } ],
          "same": [ 1, 1.0, 2, "2", "a", "\u0061", null, null, true, [ 1 ], [ 1 ], {}, {} ], "words": [ "a", "b", "c" ], "for_items": [] }
        """
    );

    [Theory]
    [InlineData("{{ for i in items }}{{ i.n }}{{ i.s }}{{ i.t }}{{ i.d }}{{ i.z }}{{ i.missing }};{{ end }}", "1atrue1.50;2b;2b;")]
    [InlineData("{{ for i in items }}{{ i.o.x }}{{ if i.o.x; i.o.x.size; end }}{{ i.s.size }};{{ end }}", "[1, 2]21;[3]11;1;")]
    [InlineData("{{ for i in items }}{{ i.n * 2 }}{{ if i.t }}!{{ end }};{{ end }}", "2!;4;4;")]
    [InlineData("{{ for i in items offset:1 limit:1 }}{{ i.n }}{{ for.index }}{{ for.last }}{{ end }}", "20true")]
    [InlineData("{{ for i in items reversed }}{{ i.s }}{{ end }}", "bba")]
    [InlineData("{{ for w in words }}{{ w }}{{ w + w }}{{ end }}", "aaabbbccc")]
    [InlineData("{{ for i in items }}{{ i.n = i.n + 10 }}{{ i.n }} {{ end }}{{ items[0].n }}", "11 12 12 11")]
    [InlineData("{{ for i in items; if i.n == 2; break; end }}{{ i.s }}{{ end }}|{{ items[0].s }}", "a|a")]
    [InlineData("{{ for w in words }}{{ words[1] = 'x' }}{{ w }}{{ end }}", "axc")]
    [InlineData("{{ for w in words }}{{ words[0] = 'x' }}{{ w }}{{ end }}{{ words[0] }}", "abcx")]
    [InlineData("{{ for w in words; words[2] = w; w; end }}", "abb")]
    [InlineData("{{ for w in words; for v in words; w; v; end; end }}", "aaabacbabbbccacbcc")]
    [InlineData("{{ for w in words; for v in words; if v == 'b'; words[0] = 'y'; words[2] = 'z'; end; w; v; end; end }}", "aaabazbybbbzzyzbzz")]
    [InlineData("{{ for x in same }}{{ for.changed ? 1 : 0 }}{{ end }}", "1111101011111")]
    [InlineData("{{ for x in same }}{{ y = x }}{{ for.changed ? 1 : 0 }}{{ end }}", "1111101011111")]
    [InlineData("{{ for x in same; state = for; end; state.changed; state.index }}", "true12")]
    [InlineData("{{ for w in words; words[0] = 'b'; for.changed; end }}", "truetruetrue")]
    [InlineData("{{ func f(a); ret a + w; end; for w in words; f 'x'; end }}", "xaxbxc")]
    [InlineData("{{ with items[0]; for w in words; n; w; end; end }}", "1a1b1c")]
    [InlineData("{{ for $w in words; $w; end }}{{ for $for in words; for.index; end }}", "abc012")]
    [InlineData("{{ for i in items; for x in i.o.x; x; end; end }}", "123")]
    [InlineData("{{ for i in items; if i.o.x; i.o.x[0] = 7; i.o.x; end; end; items[0].o.x[0] }}", "[7, 2][7]7")]
    [InlineData(
        "{{ for i in items; i; end }}",
        """{n: 1, s: "a", o: {x: [1, 2]}, t: true, d: 1.50, z: null}{n: 2, s: "b", o: {x: [3]}}{n: 2, s: "b", o: {}}"""
    )]
    [InlineData("{{ for i in for_items }}x{{ else }}none{{ end }}", "none")]
    [InlineData(
        "{{ tablerow w in words cols:2 }}{{ w }}{{ end }}",
        "<tr class=\"row1\"><td class=\"col1\">a</td><td class=\"col2\">b</td></tr>\n<tr class=\"row2\"><td class=\"col1\">c</td></tr>\n"
    )]
    public void Render_LoopOverJson_IsAsOverValues(string template, string expected) => Assert.Equal(expected, Outcome(template));

    [Fact]
    public void Render_ItemsOfLoop_CountAsElementsOnce()
    {
        var model = JsonElement.Parse($"{{ \"a\": [ {string.Join(',', Enumerable.Range(0, 100))} ] }}");
        var limits = new TemplateLimits { Elements = 100 };

        Assert.NotEmpty(
            Template
                .Parse("{{ for x in a }}{{ x }}{{ end }}{{ for x in a }}{{ y = x }}{{ end }}{{ a[3] }}")
                .Render(model, new TemplateLimits { Elements = 201 })
        );
        Assert.Equal(
            nameof(TemplateLimits.Elements),
            Assert.Throws<TemplateException>(() => Template.Parse("{{ for x in a }}{{ x }}{{ end }}").Render(model, limits with { Elements = 99 })).Limit
        );
    }

    private static string Outcome(string template)
    {
        try
        {
            return Template.Parse(template).Render(Model);
        }
        catch (TemplateException e)
        {
            return e.Message;
        }
    }
}
