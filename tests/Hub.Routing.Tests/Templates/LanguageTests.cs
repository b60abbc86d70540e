using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("plain { text } with % and {", "plain { text } with % and {")]
    [InlineData("{%{Hello this is {{ name }}}%}", "Hello this is {{ name }}")]
    [InlineData("{%%{This is an escaped block: }%} here}%%}", "This is an escaped block: }%} here")]
    [InlineData("a {{- 'b' -}} c", "abc")]
    [InlineData("x\n  {{~ 'b' ~}}  \n  c", "x\nb  c")]
    [InlineData("x{{ # comment }}y{{ ## a\nb ## }}z", "xyz")]
    [InlineData("   {{ 'a\\nb' }}Hello", "   a\n   bHello")]
    public void Blocks_Rendered_KeepOrStripText(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ \"a\\tb\\x41\\u0042\\\\\" }}", "a\tbAB\\")]
    [InlineData("{{ `a\\tb``c` }}", "a\\tb`c")]
    [InlineData("{{ $\"{1 + 2} and {\"Hello\"} {[1, 2]} {{a: 1}}\" }}", "3 and Hello [1, 2] {a: 1}")]
    [InlineData("{{ 0x1ef }} {{ 0b101 }} {{ 1e3 }} {{ 1_000 }} {{ 0x80000000u }} {{ 0x80000000 }}", "495 5 1000 1000 2147483648 -2147483648")]
    [InlineData("{{ 1.0 }} {{ 1.5e3 }} {{ 10.50m }} {{ 1.1f }} {{ 100.0d }}", "1 1500 10.50 1.1 100")]
    [InlineData("{{ true }}{{ false }}{{ null }}", "truefalse")]
    [InlineData("{{ [1, 'a', null, {b: 2, \"c d\": [3]}] }}", "[1, \"a\", null, {b: 2, \"c d\": [3]}]")]
    public void Literals_Written_LookAsInTheReference(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ 1 + 2 * 3 - 4 / 2 }}", "5")]
    [InlineData("{{ 7 / 2 }} {{ 7 // 2 }} {{ 7 % 4 }} {{ 8.0 // 3 }}", "3.5 3 3 3")]
    [InlineData("{{ 9223372036854775807 + 1 }} {{ 4611686018427387904 * 4 }} {{ 1 << 70 }}", "9223372036854775808 18446744073709551616 1180591620717411303424")]
    [InlineData("{{ 'ab' + 1 + null + true }} {{ 'a' * 3 }} {{ 3 * 'b' }}", "ab1true aaa bbb")]
    [InlineData("{{ '5' == 5 }} {{ null == null }} {{ null != 1 }} {{ null < 1 }} {{ 1 == 1.0 }}", "true true true false true")]
    [InlineData("{{ null ?? 'a' }} {{ 1 ?! 'b' }} {{ null ?! 'b' }}", "a b ")]
    [InlineData("{{ true && null }} {{ 0 || false }} {{ !'' }}", "false true false")]
    [InlineData("{{ 1 > 2 ? 'a' : 2 > 1 ? 'b' : 'c' }}", "b")]
    [InlineData("{{ [1, 2] + [3] }} {{ [1] * 3 }} {{ [1, 2] << 3 }} {{ 0 >> [1] }} {{ [1, 2, 3, 4] / 2 }}", "[1, 2, 3] [1, 1, 1] [1, 2, 3] [0, 1] [1, 2]")]
    [InlineData("{{ [1, 2] == [1, 2] }} {{ [1, 2] < [1, 3] }} {{ [1] < [1, 2] }}", "true false true")]
    [InlineData("{{ 5..1 }} {{ 1..<1 }} {{ 1..1 }}", "[5, 4, 3, 2, 1] [] [1]")]
    [InlineData("{{ x = 1; x++ }}{{ ++x }}{{ x-- }}{{ --x }}{{ x += 5; x }}{{ x //= 4; x }}", "133161")]
    [InlineData("{{ null + 1 }}|{{ -5 % 3 }}", "|-2")]
    [InlineData("{{ 1.5m + 1 }} {{ 2.50m * 2 }} {{ 1m / 3 }}", "2.5 5.00 0.3333333333333333333333333333")]
    public void Operators_Applied_FollowTheReference(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ a = {}; a.b = {c: 1}; a.b.c }} {{ a['b'].c }} {{ a.x?.y?.z }}|{{ a.x }}|", "1 1 ||")]
    [InlineData("{{ a = [1]; a[3] = 4; a }} {{ a[-1] }} {{ a[9] }}", "[1, null, null, 4] 4 ")]
    [InlineData("{{ a = [5, 6, 7]; a.x = 'yes'; a.x + a[0] + a.size }}", "yes53")]
    [InlineData("{{ 'hello'[1] }} {{ 'hello'.size }} {{ 'hello'[-1] }}", "e 5 o")]
    [InlineData("{{ x = {a: 1, b: a + 1}; x.b }}", "2")]
    [InlineData("{{ x = {}; y = [1]; x.empty? }} {{ y.empty? }} {{ y != empty }} {{ x == blank }}", "true false true true")]
    [InlineData("{{ x = 5; this.x }} {{ this['x'] }} {{ this.page.title }}", "5 5 This is a title")]
    [InlineData("{{ page.title }} {{ this['page']['title'] }} {{ page['title'].size }}", "This is a title This is a title 15")]
    public void Paths_Read_GiveMembersAndElements(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ if null }}a{{ else if 0 }}b{{ else }}c{{ end }}", "b")]
    [InlineData("{{ case 'x' }} ignored {{ when 'y' || 'x' }}1{{ else }}2{{ end }}", "1")]
    [InlineData("{{ case 9 }}{{ when 1, 2 }}1{{ else }}2{{ end }}", "2")]
    [InlineData(
        "{{ for x in [1, 2, 3] }}{{ for.index }}{{ for.rindex }}{{ for.first }}{{ for.last }}{{ for.even }}{{ for.odd }}{{ for.length }};{{ end }}",
        "02truefalsetruefalse3;11falsefalsefalsetrue3;20falsetruetruefalse3;"
    )]
    [InlineData("{{ for x in [1, 1, 2] }}{{ for.changed }} {{ end }}", "true false true ")]
    [InlineData("{{ for x in [] }}a{{ else }}none{{ end }}", "none")]
    [InlineData("{{ for x in 1..5 reversed limit: 2 offset: 1 }}{{ x }}{{ end }}", "54")]
    [InlineData("{{ o = {a: 1, b: 2}; for x in o }}{{ x.key }}={{ x.value }} {{ end }}", "a=1 b=2 ")]
    [InlineData("{{ for x in 'abc' }}{{ x }}-{{ end }}", "a-b-c-")]
    [InlineData("{{ for x in null }}a{{ end }}b", "b")]
    [InlineData("{{ for i in 1..3 }}{{ for j in 1..3; if j == 2; continue; end; if i == 2; break; end; $\"{i}{j} \"; end }}{{ end }}", "11 13 31 33 ")]
    [InlineData("{{ x = 0; while x < 3; x; x = x + 1; while.index; end }}", "001122")]
    [InlineData("{{ x = 1; for x in [7, 8] }}{{ x }}{{ end }}{{ x }}", "781")]
    [InlineData("{{ capture x }}a{{ 1 }}{{ end }}[{{ x }}]", "[a1]")]
    [InlineData("a{{ ret }}b", "a")]
    [InlineData("a{{ ret 5 }}b", "a5")]
    [InlineData("{{ o = {m: 1}; with o; n = m + 1; end; o.n }}", "2")]
    [InlineData("{{ o = {m: 'yes'}; import o; m }}", "yes")]
    [InlineData("a{{ import page.nothing; import empty }}b", "ab")]
    [InlineData("{{ with page.nothing }}a{{ title }}{{ n = 1; n }}{{ this }}{{ end }}{{ n }}b{{ with empty }}c{{ end }}", "a1{n: 1}bc")]
    [InlineData("{{ with page.nothing.more }}{{ page.title }}{{ end }}", "This is a title")]
    [InlineData(
        "{{ tablerow x in [1, 2, 3] cols: 2 }}{{ x }}{{ tablerow.col }}{{ end }}",
        "<tr class=\"row1\"><td class=\"col1\">10</td><td class=\"col2\">21</td></tr>\n<tr class=\"row2\"><td class=\"col1\">30</td></tr>\n"
    )]
    public void Statements_Run_ControlTheFlow(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ func f; ret $0 + $1; end; f 1 2 }} {{ 1 | f 2 }} {{ f(1, 2) }}", "3 3 3")]
    [InlineData("{{ func f }}<{{ $0 }}>{{ end; f 'a'; f 'b' }}", "<a><b>")]
    [InlineData("{{ func f(x, y = 2, z...); ret x + y + z.size; end; f 1 }} {{ f 1 3 }} {{ f 1 3 9 9 }} {{ f x: 1 y: 5 }}", "3 4 6 6")]
    [InlineData("{{ f(x) = x * 2; [1, 2] | array.each @f }}", "[2, 4]")]
    [InlineData("{{ [3, 4] | array.each do; ret $0 + 1; end }}", "[4, 5]")]
    [InlineData("{{ [1, 2, 3] | array.filter @(do; ret $0 > 1; end) }}", "[2, 3]")]
    [InlineData("{{ func f; ret $.size + ':' + $.named + ':' + $[-1]; end; f 1 2 named: 'n' }}", "2:n:2")]
    [InlineData("{{ g = 1; func f(x); g = x; y = x; end; f 5; g }}{{ y }}", "5")]
    [InlineData("{{ func wrapped; for $i in 1..<$0; $$; end; end; wrap wrapped 3; $i + '.'; end }}", "1.2.")]
    [InlineData("{{ func fact(n); if n <= 1; ret 1; end; ret n * (fact(n - 1)); end; fact(25) }}", "15511210043330985984000000")]
    [InlineData("{{ 'text' |\n string.append 'END' |\n string.prepend 'START' }}", "STARTtextEND")]
    [InlineData("{{ ('a' | string.upcase) + 'b' }}", "Ab")]
    [InlineData("{{ '123' | string.to_int + 1 }}", "124")]
    [InlineData("{{ x = 'a' | string.upcase; x }}", "A")]
    [InlineData("{{ if 'abc' | string.contains 'b' }}yes{{ end }}", "yes")]
    [InlineData("{{ [1, 2] |> array.size }}", "2")]
    [InlineData("{{ func sum; r = 0; for $x in $; r += $x; end; ret r; end; sum ^[1, 2, 3] }}", "6")]
    [InlineData("{{ f = @string.upcase; f 'a' }}{{ 'b' | f }}", "AB")]
    [InlineData("{{ o = {up: @string.upcase}; 'c' | o.up }}", "C")]
    public void Functions_Called_BindTheirArguments(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ page.nothing.more }}")]
    [InlineData("{{ page.nothing.more.and.more }}")]
    [InlineData("{{ page['nothing'].more }}")]
    [InlineData("{{ page.nothing['more'] }}")]
    [InlineData("{{ page.nothing[0] }}")]
    [InlineData("{{ page.nothing[0].more }}")]
    [InlineData("{{ page[page.nothing] }}")]
    [InlineData("{{ page.nothing?.more }}")]
    [InlineData("{{ page.nothing.more | string.upcase }}")]
    [InlineData("{{ null.x }}")]
    [InlineData("{{ x = null; x.y.z }}")]
    [InlineData("{{ x = 5; x.more }}")]
    [InlineData("{{ func f; ret null; end; f.more }}")]
    [InlineData("{{ for item in page.nothing.more }}{{ item }}{{ end }}")]
    [InlineData("{{ if page.nothing.more }}yes{{ end }}")]
    public void Members_OfNothing_AreNothing(string template) => Check(template, "");

    [Theory]
    [InlineData("{{ x", 1, 1)]
    [InlineData("{{ x }}\n{{ end }}", 2, 4)]
    [InlineData("{{ for.index }}", 1, 8)]
    [InlineData("{{ unknown 1 }}", 1, 4)]
    [InlineData("{{ unknown.function 1 }}", 1, 4)]
    [InlineData("a\r\n{{ 'abc }}", 2, 10)]
    [InlineData("{{ readonly_x = 1; readonly readonly_x; readonly_x = 2 }}", 1, 41)]
    [InlineData("{{ string.upcase = 1 }}", 1, 11)]
    [InlineData("{{ string.upcase }}", 1, 17)]
    [InlineData("{{ string.upcase 'a' 'b' }}", 1, 4)]
    [InlineData("{{ 'a' | math.round }}", 1, 4)]
    [InlineData("{{ 1 // 0 }}", 1, 6)]
    [InlineData("{{ include 'x' }}", 1, 4)]
    public void Errors_InTemplate_NameTheirPlace(string template, int line, int column)
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse(template).Render(ScribanModel.Globals));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Null(error.Limit);
    }

    private static void Check(string template, string expected) => Assert.Equal(expected, Template.Parse(template).Render(ScribanModel.Globals));
}
