using System.Text.Json;
using Hub.Routing.JsonPath.Regexps;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>One evaluation of a query: its root, its budget and its scratch space. Each thread keeps one for reuse.</summary>
internal sealed class QueryRun : IDisposable
{
    private const int LargestKeptBuffer = 4096;
    private const int NewPatternCharge = 16;

    [ThreadStatic]
    private static QueryRun? s_spare;

    private readonly Stack<NodeBuffer> _spareBuffers = new();
    private readonly List<NodeBuffer> _rented = [];
    private Dictionary<string, IRegexp>? _patterns;
    private MemoizedNodes[] _memo = [];
    private int _limit;
    private long _remaining;

    public JsonElement Root { get; private set; }

    /// <summary>Set once a member name turned out not to be decodable, after which names are compared the careful way.</summary>
    public bool HasBrokenNames { get; set; }

    public static QueryRun Begin(JsonElement root, JsonPathLimits? limits, int memoSlots)
    {
        var run = s_spare ?? new QueryRun();
        s_spare = null;
        run.Root = root;
        run._limit = (limits ?? JsonPathLimits.Default).VisitedNodes;
        run._remaining = run._limit;
        run._memo = memoSlots == 0 ? [] : new MemoizedNodes[memoSlots];
        run.HasBrokenNames = false;
        return run;
    }

    public void Charge(long units)
    {
        if ((_remaining -= units) < 0)
        {
            throw new JsonPathBudgetException(_limit);
        }
    }

    public NodeBuffer Rent(int limit = int.MaxValue)
    {
        var buffer = _spareBuffers.TryPop(out var spare) ? spare : new NodeBuffer();
        buffer.Limit = limit;
        _rented.Add(buffer);
        return buffer;
    }

    public void Return(NodeBuffer buffer)
    {
        // Rented last, returned first in nearly all cases.
        _rented.RemoveAt(_rented.LastIndexOf(buffer));
        buffer.Clear();
        if (buffer.Capacity <= LargestKeptBuffer)
        {
            _spareBuffers.Push(buffer);
        }
    }

    /// <summary>What an absolute query inside a filter found: the same for every node that the filter is asked about.</summary>
    public ref MemoizedNodes Memo(int slot) => ref _memo[slot];

    /// <summary>The compiled form of a pattern that comes from the document. New ones are charged, so that compiling stays bounded.</summary>
    public IRegexp Pattern(ReadOnlySpan<char> pattern)
    {
        _patterns ??= [];
        var known = _patterns.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(pattern, out var regexp))
        {
            regexp = new IRegexp(pattern.ToString());
            known[pattern] = regexp;
            Charge(NewPatternCharge + pattern.Length + regexp.Size);
        }

        return regexp;
    }

    public void Dispose()
    {
        while (_rented.Count > 0)
        {
            Return(_rented[^1]);
        }

        // Nothing of the document may outlive the evaluation.
        (Root, _memo, _patterns) = (default, [], null);
        s_spare = this;
    }
}
