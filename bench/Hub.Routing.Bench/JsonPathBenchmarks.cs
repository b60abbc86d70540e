using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hub.Routing.JsonPath;
using Hub.TestSupport;
using Newtonsoft.Json.Linq;

namespace Hub.Routing.Bench;

/// <summary>JSONPath over webhook bodies as vendors send them, beside Newtonsoft.Json's SelectTokens. The documents are parsed beforehand.</summary>
[MemoryDiagnoser]
[Config(typeof(BusyMachine))]
public class JsonPathBenchmarks
{
    private const string Review = "github/pull_request_review/submitted.with-organization.payload.json";
    private const string Issue = "github/issues/opened.with-transfer.payload.json";
    private const string Account = "stripe/account.updated.json";

    private static readonly Dictionary<string, (string Payload, string Query)> s_cases = new(StringComparer.Ordinal)
    {
        ["singular"] = (Review, "$.pull_request.base.repo.full_name"),
        ["singular-stripe"] = (Account, "$.data.object.settings.payouts.schedule.interval"),
        ["wildcard"] = (Issue, "$.issue.labels[*].name"),
        ["filter"] = (Issue, "$.issue.labels[?(@.default == true)].name"),
        ["descendant"] = (Review, "$..login"),
        ["descendant-filter"] = (Review, "$..[?(@.type == 'User')].login"),
    };

    private JsonPathQuery _query = null!;
    private JsonElement _document;
    private JToken _token = null!;
    private string _text = "";

    public static IEnumerable<string> Names => s_cases.Keys;

    [ParamsSource(nameof(Names))]
    public string Case { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        var (payload, text) = s_cases[Case];
        var json = File.ReadAllText(ConformanceData.PathTo(["payloads", .. payload.Split('/')]));
        (_text, _query, _document, _token) = (text, JsonPathQuery.Parse(text), JsonElement.Parse(json), JToken.Parse(json));

        // Newtonsoft.Json visits descendants in another order than RFC 9535 prescribes.
        var ours = _query.Select(_document).Select(v => v.ToString()).Order(StringComparer.Ordinal).ToArray();
        var theirs = _token.SelectTokens(_text).Select(v => v.ToString()).Order(StringComparer.Ordinal).ToArray();
        if (ours.Length == 0 || !ours.SequenceEqual(theirs, StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{_text}: {ours.Length} and {theirs.Length} results differ");
        }
    }

    [Benchmark]
    public int Compiled() => _query.Select(_document).Count;

    [Benchmark]
    public bool CompiledFirst() => _query.TrySelectSingle(_document, out _);

    [Benchmark]
    public int ParsedEachTime() => JsonPathQuery.Parse(_text).Select(_document).Count;

    [Benchmark(Baseline = true)]
    public int Newtonsoft()
    {
        var count = 0;
        foreach (var _ in _token.SelectTokens(_text))
        {
            count++;
        }

        return count;
    }
}
