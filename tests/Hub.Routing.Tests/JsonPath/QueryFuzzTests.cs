using System.Text.Json;
using Hub.Routing.JsonPath;

namespace Hub.Routing.Tests.JsonPath;

/// <summary>Mutated queries over mutated documents: nothing but the documented exceptions may come out.</summary>
public sealed class QueryFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 9535;
    private const int DefaultCases = 50_000;

    private static readonly JsonPathLimits s_limits = new() { VisitedNodes = 60 };

    private static readonly string[] s_queries =
    [
        "$",
        "$.a.b[0]",
        "$['a','b'][*]",
        "$..a[1:3]",
        "$[::-2]",
        "$..[?@.a == 1.5e3]",
        "$[?@.a && (!@.b || @.c >= 'x')]",
        "$.a[?count(@..*) > length($.b)]",
        "$[?match(@.s, '[a-z]+\\\\p{Lu}(x|y){1,3}$')]",
        "$..[?search(@, $.p)]",
        "$[?value(@..b) != null]",
        "$[\"\\uD83D\\uDE00\\n\"]",
        "$..*..*",
        "$[?@ == $.a]",
        "$.ä['\\'']..[0,-1,::2,*,?@[?@ < true]]",
    ];

    private static readonly string[] s_documents =
    [
        """{"a":{"b":[1,2.50,{"a":1500}],"c":null},"b":["x","yZ","\ud83d\ude00"],"s":"abX","p":"a.b?","😀\n":true}""",
        """[[1,[2,[3]]],{"a":"\ud800","\udc00":1,"a":2},"abc",-0.0e5,12345678901234567890,{"s":"abXy","p":"(a|b)*"},{},[]]""",
    ];

    private static readonly string[] s_pieces =
    [
        "$",
        "@",
        ".",
        "..",
        "[",
        "]",
        "?",
        "*",
        ":",
        ",",
        "(",
        ")",
        "!",
        "&&",
        "||",
        "==",
        "<=",
        "'",
        "\"",
        "\\",
        "\\u",
        "d800",
        "-",
        "0",
        "1e9",
        "9007199254740992",
        " ",
        "\n",
        "\0",
        "{",
        "}",
        "a",
        "true",
        "length(",
        "match(@,'",
        "\uD83D",
        "\uDE00",
        "é",
        "^",
        "+",
        "\\\\p{L}",
    ];

    [Fact]
    public void Query_MutatedAnyhow_ThrowsOnlyWhatIsDocumented()
    {
        var cases = int.TryParse(Environment.GetEnvironmentVariable("FLOWPILOT_FUZZ_CASES"), out var given) ? given : DefaultCases;
        var random = new Random(Seed);
        var (parsed, selected, stopped) = (0, 0, 0);
        for (var i = 0; i < cases; i++)
        {
            var text = Mutate(random, s_queries);
            var json = random.Next(3) == 0 ? Mutate(random, s_documents) : s_documents[random.Next(s_documents.Length)];
            try
            {
                if (JsonPathQuery.TryParse(text, out var query, out _))
                {
                    parsed++;
                    selected += Run(query, TryRead(json)).Count;
                }
            }
            catch (JsonPathBudgetException)
            {
                stopped++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {Seed}, case {i}, query {JsonSerializer.Serialize(text)}, document {json}: {e}");
            }
        }

        output.WriteLine($"seed {Seed}: {cases} cases, {parsed} queries parsed, {selected} nodes selected, {stopped} stopped by the budget");
        Assert.True(parsed > cases / 20, "too few mutants parse for the run to mean anything");
    }

    private static IReadOnlyList<JsonPathNode> Run(JsonPathQuery query, JsonElement root)
    {
        var nodes = query.SelectWithPaths(root, s_limits);
        var values = query.Select(root, s_limits);
        var any = query.TrySelectSingle(root, out _, s_limits);
        return nodes.Count == values.Count && any == nodes.Count > 0 ? nodes : throw new InvalidOperationException("the ways to select disagree");
    }

    private static JsonElement TryRead(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return JsonElement.Parse(s_documents[0]);
        }
    }

    private static string Mutate(Random random, string[] corpus)
    {
        var text = corpus[random.Next(corpus.Length)];
        for (var edits = random.Next(4); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(4, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                2 => text.Remove(at, length).Insert(at, s_pieces[random.Next(s_pieces.Length)]),
                _ => text.Insert(
                    at,
                    text.Substring(random.Next(text.Length + 1)) is { Length: > 0 } tail ? tail[..random.Next(Math.Min(12, tail.Length) + 1)] : ""
                ),
            };
        }

        return text;
    }
}
