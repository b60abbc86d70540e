using System.Text;
using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Tests.Templates;

public sealed class BuiltinFunctionTests
{
    private static readonly JsonElement Model = JsonElement.Parse(
        """
        { "people": [ { "name": "bob", "age": 30, "address": { "city": "Oslo" } }, { "name": "Al", "age": 4.5, "address": { "city": "Bonn" } },
          { "name": "al", "age": 30 } ],
          "words": ["b", "B", "a", "_x", "10", "9"], "mixed": [2, 1.5, 10, 9007199254740993, 9007199254740992], "object_keys": { "z": 1, "a": null },
          "trigger": { "body": { "items": [ { "sku": "A" }, { "sku": "B" } ] } } }
        """
    );

    [Theory]
    [InlineData("{{ people | array.sort 'age' | array.map 'name' }}", "[\"Al\", \"bob\", \"al\"]")]
    [InlineData("{{ people | array.sort 'name' | array.map 'name' }}", "[\"al\", \"Al\", \"bob\"]")]
    [InlineData("{{ people | array.sort 'address.city' | array.map 'name' }}", "[\"al\", \"Al\", \"bob\"]")]
    [InlineData("{{ words | array.sort }}", "[\"_x\", \"10\", \"9\", \"a\", \"b\", \"B\"]")]
    [InlineData("{{ mixed | array.sort }}", "[1.5, 2, 10, 9007199254740992, 9007199254740993]")]
    [InlineData("{{ [1, 1.0, '1', null, null, true] | array.uniq }}", "[1, \"1\", null, true]")]
    [InlineData("{{ [1, 2] | array.contains 2.0 }} {{ ['a'] | array.contains 'A' }} {{ people | array.contains people[1] }}", "true false true")]
    [InlineData(
        "{{ [1, 2, 3] | array.insert_at 5 9 }} {{ [1] | array.insert_at (-2) 0 }} {{ null | array.add 1 }} {{ [1, 2] | array.remove_at 7 }}",
        "[1, 2, 3, null, null, 9] [0, 1] [1] [1, 2]"
    )]
    [InlineData(
        "{{ [1, 2, 3] | array.limit 9 }} {{ [1, 2] | array.limit (-1) }} {{ [1, 2, 3] | array.offset 1 }} {{ null | array.offset 1 }}|",
        "[1, 2, 3] [] [2, 3] |"
    )]
    [InlineData(
        "{{ [1, 2] | array.join '-' @(do; ret '<' + $0 + '>'; end) }} {{ [] | array.first }}|{{ 'abc' | array.last }}|{{ 1..4 | array.last }}",
        "<1>-<2> |c|4"
    )]
    [InlineData("{{ for i in 1..3 }}{{ array.cycle ['a', 'b'] }}{{ array.cycle ['a', 'b'] 'g' }} {{ end }}", "aa bb aa ")]
    [InlineData("{{ object_keys | array.map 'key' }} {{ object_keys | object.values }} {{ object_keys | object.size }}", "[\"z\", \"a\"] [1, null] 2")]
    public void Array_Functions_GiveNewLists(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData(
        "{{ 'a.b.c' | string.split '.' | array.reverse }} {{ 'héllo' | string.capitalize }} {{ 'éa' | string.upcase }}",
        "[\"c\", \"b\", \"a\"] Héllo ÉA"
    )]
    [InlineData(
        "{{ 'Hello' | string.slice (-3) 2 }} {{ 'Hello' | string.slice1 (-1) }} {{ 'Hello' | string.index_of 'l' }} {{ 'Hello' | string.index_of 'z' }}",
        "ll o 2 -1"
    )]
    [InlineData("{{ 'aXbx' | string.replace_first 'x' '-' }} {{ 'aXbx' | string.remove_last 'x' }} {{ 'aaa' | string.replace 'aa' 'b' }}", "a-bx aXb ba")]
    [InlineData("{{ ' a  b ' | string.truncatewords 2 }}|{{ 'abc' | string.truncate 2 }}|{{ 'abcdef' | string.truncate 5 '…' }}", " a...|...|abcd…")]
    [InlineData("{{ 'x' | string.to_int }}|{{ '1,234.5' | string.to_double }}|{{ '12' | string.pluralize 'a' 'b' }}", "|1234.5|b")]
    [InlineData("{{ \"a\\u0001\\\"\\n\" | string.escape }} {{ null | string.literal }}|{{ 'a' | string.literal }}", "a\\x01\\\"\\n |\"a\"")]
    [InlineData(
        "{{ '<b title=\"x>y\">é & z</b>' | html.strip }} {{ \"<a href='x'>\" | html.escape }} {{ 'a b&c/d?é%' | html.url_escape }}",
        "é & z &lt;a href=&#39;x&#39;&gt; a%20b&c/d?%C3%A9%25"
    )]
    [InlineData("{{ '😀e\u0301😀x' | string.truncate 3 '…' }}|{{ '😀😀😀' | string.truncate 3 }}|{{ 'a😀b' | string.truncate 2 '' }}", "😀e\u0301…|😀😀😀|a😀")]
    [InlineData("{{ '😀e\u0301x' | string.slice 1 1 }} {{ '😀e\u0301x' | string.slice1 (-3) }} {{ '👨‍👩‍👧x' | string.slice 1 }}", "e\u0301 😀 x")]
    [InlineData("{{ '😀e\u0301x' | string.size }} {{ '😀e\u0301x'.size }} {{ '😀e\u0301x'[1] }} {{ '😀e\u0301x'[-1] }}", "3 3 e\u0301 x")]
    [InlineData("{{ '😀e\u0301x' | string.index_of 'x' }} {{ 'x😀x' | string.index_of 'x' 1 }} {{ '😀x' | string.index_of 'x' 0 1 }}", "2 2 -1")]
    [InlineData("{{ for c in 'a😀e\u0301' }}{{ c }},{{ end }} {{ 'a😀' | array.last }} {{ '😀a' | array.reverse | array.join '' }}", "a,😀,e\u0301, 😀 a😀")]
    [InlineData("{{ '😀' | string.pad_left 3 }}|{{ '😀' | string.pad_right 3 }}|", "  😀|😀  |")]
    public void String_Functions_GiveNewTexts(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData(
        "{{ 4.5 | math.round }} {{ 5.5 | math.round }} {{ 4.565m | math.round 2 }} {{ 12.00m | math.round 1 }} {{ 7 | math.ceil }} {{ -1.5 | math.floor }}",
        "4 6 4.56 12 7 -2"
    )]
    [InlineData(
        "{{ 9 | math.divided_by 2 }} {{ 9 | math.divided_by 2.0 }} {{ -9 | math.divided_by 2 }} {{ -9223372036854775807 | math.abs }}",
        "4 4.5 -5 9223372036854775807"
    )]
    [InlineData(
        "{{ 1234567.891 | math.format 'N2' 'de-DE' }} {{ 1234.5 | math.format 'C2' 'en-US' }} {{ 0.256 | math.format 'P1' }} {{ 5 | math.format 'D3' }}",
        "1.234.567,89 $1,234.50 25.6 % 005"
    )]
    [InlineData(
        "{{ 1 | object.kind }} {{ 3000000000 | object.kind }} {{ 1.5 | object.kind }} {{ 1.5m | object.kind }} {{ 1 << 80 | object.kind }} {{ "
            + "@string.size | object.kind }}",
        "int long double decimal bigint function"
    )]
    public void Math_Functions_AreExactWhereTheyCan(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData(
        "{{ date.parse '2013-09-12 22:49:27.5' | date.to_string '%a %A %b %B %C %d %D %e %F %h %H %I %j %k %l %L %m %M %N %p %P %r %R %S %T %u %U %v %V "
            + "%w %W %y %Y %Z %%' }}",
        "Thu Thursday Sep September 20 12 09/12/13 12 2013-09-12 Sep 22 10 255 22 10 500 09 49 500000000 PM pm 10:49:27 PM 22:49 27 22:49:27 4 37 "
            + "12-SEP-2013 37 4 37 13 2013 +00:00 %"
    )]
    [InlineData(
        "{{ date.parse '2016-01-05T10:00:00-05:00' | date.to_string '%F %T %s' }} {{ date.parse '2016-01-05T10:00:00Z' | date.to_string '%s' }}",
        "2016-01-05 15:00:00 1452006000 1451988000"
    )]
    [InlineData(
        "{{ d = date.parse '2016/01/31'; d | date.add_months 1 }} {{ d.year }}-{{ d.month }}-{{ d.day_of_year }} {{ (d - (date.parse '2016/01/01')).days "
            + "}} {{ d > (date.parse '2016/01/01') }}",
        "29 Feb 2016 2016-1-31 30 true"
    )]
    [InlineData(
        "{{ '2016-01-05' | date.to_string '%d.%m.%Y' }} {{ date '2016-01-05' }} {{ null | date.to_string '%d' }}|{{ date.parse 'nonsense' }}|",
        "05.01.2016 05 Jan 2016 ||"
    )]
    [InlineData(
        "{{ date.parse '05/01/2016' '%d/%m/%Y' | date.add_hours 25 | date.to_string '%g %d %b' }} {{ (timespan.from_minutes 90).total_hours }} {{ "
            + "timespan.parse '1.02:03:04' }} {{ timespan.zero }}",
        " 06 Jan 1.5 1.02:03:04 00:00:00"
    )]
    [InlineData("{{ (date.parse '2016-01-05') + (timespan.from_hours 36) | date.to_string '%F %R' }}", "2016-01-06 12:00")]
    public void Date_Functions_FollowStrftime(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ '{\"a\":[1,2.50,\"x\",null,true]}' | json.parse }} {{ ('{\"a\":{\"b\":1}}' | json.parse).a.b }}", "{a: [1, 2.50, \"x\", null, true]} 1")]
    [InlineData(
        "{{ o = {a: 'é<\"', b: [1.50m, null]}; o | json.stringify }} {{ 'é<' | object.to_json }}",
        "{\"a\":\"é<\\\"\",\"b\":[1.50,null]} \"\\u00E9\\u003C\""
    )]
    [InlineData(
        "{{ {a: 'é<\"', b: [1.50m, null]} | json.stringify }} {{ {a: 'é<'} | object.to_json }}",
        "{\"a\":\"é<\\\"\",\"b\":[1.50,null]} {\"a\":\"\\u00E9\\u003C\"}"
    )]
    [InlineData("{{ path '$.trigger.body.items' }} {{ path '$.nothing' }}|{{ (path '$.trigger').body.items.size }}", "[{sku: \"A\"}, {sku: \"B\"}] |2")]
    [InlineData("{{ 'abc' | hash.sha256 }}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("{{ 'test' | hash.hmac_sha256 'secret' }}", "0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914")]
    [InlineData(
        "{{ 'é' | base64.encode }} {{ 'w6k=' | base64.decode }} {{ 'a b/é' | url.encode }} {{ 'a%20b%2F%C3%A9' | url.decode }} {{ url.raw 'a b' }} {{ raw 1 }}",
        "w6k= é a%20b%2F%C3%A9 a b/é a b 1"
    )]
    [InlineData("{{ 'This is {{ 1 + 2 }} {{ x = 5 }}' | object.eval_template }} {{ x }} {{ 'x * 2' | object.eval }}", "This is 3  5 10")]
    [InlineData(
        "{{ 'aXbxc' | regex.split 'x' 'i' }} {{ 'a1b2' | regex.replace `([a-z])(\\d)` '$2$1' }} {{ 'abc' | regex.match 'z' }} {{ 'a-b' | regex.split '(-)' }}",
        "[\"a\", \"b\", \"c\"] 1a2b [] [\"a\", \"-\", \"b\"]"
    )]
    public void Added_Functions_ReadAndWriteFormats(string template, string expected) => Check(template, expected);

    [Theory]
    [InlineData("{{ \"x\\ud800y\" }}")]
    [InlineData("{{ [\"\\ud800\"] }}")]
    [InlineData("{{ path '$' }}")]
    public void LoneSurrogate_InTemplate_IsWrittenAsReplacement(string text)
    {
        var template = Template.Parse(text);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            template.EvaluateTo(writer, Model, TemplateOptions.Default);
            template.RenderTo(writer, Model, TemplateOptions.Default);
            writer.WriteEndArray();
        }

        Assert.Equal(JsonValueKind.Array, JsonElement.Parse(Encoding.UTF8.GetString(stream.ToArray())).ValueKind);
        Assert.NotNull(template.Evaluate(Model)!.ToJsonString());
        foreach (var place in Enum.GetValues<TemplatePlace>())
        {
            Assert.NotNull(template.Render(Model, new TemplateOptions { Place = place }));
        }
    }

    private static void Check(string template, string expected) => Assert.Equal(expected, Template.Parse(template).Render(Model));
}
