using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Parsing;
using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath;

/// <summary>A compiled JSONPath query (RFC 9535). Immutable and safe to share between threads.</summary>
public sealed class JsonPathQuery
{
    private readonly Query _query;
    private readonly int _memoSlots;

    internal JsonPathQuery(string text, Query query, int memoSlots, IReadOnlyList<JsonPathWarning> warnings)
    {
        (Text, _query, _memoSlots, Warnings) = (text, query, memoSlots, warnings);
        LeadingNames = [.. query.Prefix.Selectors.TakeWhile(s => s is NameSelector).Select(s => ((NameSelector)s).Name)];
    }

    /// <summary>The query as written.</summary>
    public string Text { get; }

    /// <summary>Whether the query can select at most one value (RFC 9535, section 2.3.5.1).</summary>
    public bool IsSingular => _query.IsSingular;

    /// <summary>The member names from the root up to the first selector that is not a single name.</summary>
    public IReadOnlyList<string> LeadingNames { get; }

    /// <summary>Whether the query is <see cref="LeadingNames"/> and nothing else.</summary>
    public bool IsNamesOnly => IsSingular && LeadingNames.Count == _query.Prefix.Selectors.Length;

    /// <summary>What is valid but surely not meant.</summary>
    public IReadOnlyList<JsonPathWarning> Warnings { get; }

    /// <exception cref="JsonPathException">The text is not a valid query.</exception>
    public static JsonPathQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new QueryParser(text).Parse();
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPathQuery? query, [NotNullWhen(false)] out JsonPathException? error)
    {
        try
        {
            (query, error) = (Parse(text), null);
            return true;
        }
        catch (JsonPathException e)
        {
            (query, error) = (null, e);
            return false;
        }
    }

    /// <summary>The values selected, in document order as the RFC prescribes.</summary>
    /// <exception cref="JsonPathBudgetException">The evaluation reached its limit.</exception>
    public IReadOnlyList<JsonElement> Select(JsonElement root, JsonPathLimits? limits = null)
    {
        if (root.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        if (IsSingular)
        {
            return _query.Prefix.TryFind(null, root, out var single) ? new[] { single } : [];
        }

        using var run = QueryRun.Begin(root, limits, _memoSlots);
        var nodes = run.Rent();
        _query.Select(run, new Node(root, null), nodes);
        return nodes.ToValues();
    }

    /// <summary>Tells each value selected, in document order, without making a list of them.</summary>
    /// <exception cref="JsonPathBudgetException">The evaluation reached its limit; nothing was told.</exception>
    public void SelectTo<T>(JsonElement root, T to, Action<JsonElement, T> tell, JsonPathLimits? limits = null)
    {
        if (root.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        using var run = QueryRun.Begin(root, limits, _memoSlots);
        var nodes = run.Rent();
        _query.Select(run, new Node(root, null), nodes);
        for (var i = 0; i < nodes.Count; i++)
        {
            tell(nodes[i].Value, to);
        }
    }

    /// <summary>The values selected, each with its normalized path.</summary>
    /// <exception cref="JsonPathBudgetException">The evaluation reached its limit.</exception>
    public IReadOnlyList<JsonPathNode> SelectWithPaths(JsonElement root, JsonPathLimits? limits = null)
    {
        if (root.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        using var run = QueryRun.Begin(root, limits, _memoSlots);
        var nodes = run.Rent();
        _query.Select(run, new Node(root, Location.Root), nodes);
        var located = new JsonPathNode[nodes.Count];
        for (var i = 0; i < located.Length; i++)
        {
            located[i] = new JsonPathNode(NormalizedPath.Write(run, nodes[i].Location!), nodes[i].Value);
        }

        return located;
    }

    /// <summary>The first value selected; false when nothing is. Allocates nothing when the query is singular.</summary>
    /// <exception cref="JsonPathBudgetException">The evaluation of a query that is not singular reached its limit.</exception>
    public bool TrySelectSingle(JsonElement root, out JsonElement value, JsonPathLimits? limits = null)
    {
        value = default;
        if (root.ValueKind == JsonValueKind.Undefined)
        {
            return false;
        }

        if (IsSingular)
        {
            return _query.Prefix.TryFind(null, root, out value);
        }

        using var run = QueryRun.Begin(root, limits, _memoSlots);
        var nodes = run.Rent(limit: 1);
        _query.Select(run, new Node(root, null), nodes);
        if (nodes.Count == 0)
        {
            return false;
        }

        value = nodes[0].Value;
        return true;
    }

    /// <summary>
    /// Tells what a singular query finds when each index means every element of its array, in document order; null for each place that has no such value.
    /// </summary>
    /// <param name="root">The document.</param>
    /// <param name="to">Handed to both.</param>
    /// <param name="tell">Told of each value.</param>
    /// <param name="bound">Told before (true) and after (false) the elements of each array.</param>
    public void SelectOfAllElements<T>(JsonElement root, T to, Action<JsonElement?, T> tell, Action<bool, T> bound)
    {
        ArgumentNullException.ThrowIfNull(tell);
        ArgumentNullException.ThrowIfNull(bound);
        _query.Prefix.FindAll(root, to, tell, bound);
    }

    public override string ToString() => Text;
}
