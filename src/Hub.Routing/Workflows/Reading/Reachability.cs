using System.Numerics;
using System.Runtime.InteropServices;

namespace Hub.Routing.Workflows.Reading;

/// <summary>What is certain about every step at the moment another one starts.</summary>
/// <remarks>
/// For each pair of steps it holds the outcomes the one can have had when the other starts, as a set of bits. A join of all
/// intersects what its edges demand, a join of any unites it. The union forgets which outcomes belong together, so a step
/// called impossible truly is, and some impossible ones are not found.
/// </remarks>
internal sealed class Reachability
{
    private const int FirstPort = 2;

    // Not run when the other starts: skipped, or not come to yet.
    private static readonly UInt128 NotRun = UInt128.One;
    private static readonly UInt128 Failed = UInt128.One << 1;

    private readonly IReadOnlyList<StepDraft> _steps;
    private readonly DraftGraph _graph;
    private readonly string[][] _ports;
    private readonly UInt128[]?[] _outcomes;
    private readonly bool[] _never;
    private readonly int?[] _conflicts;
    private (int Step, UInt128[] Outcomes) _worked = (-1, []);

    public Reachability(IReadOnlyList<StepDraft> steps, DraftGraph graph)
    {
        (_steps, _graph) = (steps, graph);
        _ports = [.. steps.Select(step => StepPorts.Branches(step.Definition).ToArray())];
        _outcomes = new UInt128[]?[steps.Count];
        _never = new bool[steps.Count];
        _conflicts = new int?[steps.Count];
        foreach (var step in graph.Order)
        {
            if (graph.IsWhole[step])
            {
                Follow(step, graph.Edges[step]);
            }
        }
    }

    public bool NeverRuns(int step) => _never[step];

    /// <summary>The step whose outcome the incoming edges disagree about; null when that is not what keeps a step from running.</summary>
    public int? ConflictAt(int step) => _conflicts[step];

    /// <summary>Whether anything is known about a step: it is reached only by edges that make sense, and can run.</summary>
    public bool IsKnown(int step) => _outcomes[step] is not null && !_never[step];

    /// <summary>Whether the other step may have been skipped or not have run when this one starts.</summary>
    public bool MayNotHaveRun(int other, int step) => (At(step)[other] & NotRun) != 0;

    /// <summary>Whether the other step can neither have completed nor have failed when this one starts.</summary>
    public bool CannotHaveRun(int other, int step) => (At(step)[other] & ~NotRun) == 0;

    public bool MustHaveFailed(int other, int step) => At(step)[other] == Failed;

    public bool MayHaveFailed(int other, int step) => (At(step)[other] & Failed) != 0;

    private UInt128[] At(int step)
    {
        if (_worked.Step != step)
        {
            _worked = (step, new ReachabilityInference(_steps, _graph, Outcomes, NotRun).WorkOut(_outcomes[step]!));
        }

        return _worked.Outcomes;
    }

    private void Follow(int step, IReadOnlyList<IncomingEdge> edges)
    {
        var all = _steps[step].Definition.Join == StepJoin.All;
        var outcomes = new UInt128[_steps.Count];
        Array.Fill(outcomes, all || edges.Count == 0 ? UInt128.MaxValue : 0);
        var open = 0;
        foreach (var edge in edges)
        {
            var demanded = Outcomes(edge);
            var possible = !_never[edge.From] && demanded != 0;
            open += possible ? 1 : 0;
            if (!possible)
            {
                continue;
            }

            // What is demanded of the edge's own step is known better than what that step knew itself.
            var before = outcomes[edge.From];
            var own = _outcomes[edge.From]![edge.From] & demanded;
            Combine(outcomes, _outcomes[edge.From]!, all);
            outcomes[edge.From] = all ? before & own : before | own;
        }

        _outcomes[step] = outcomes;
        _never[step] = all ? open < edges.Count : open == 0 && edges.Count > 0;
        if (all && !_never[step] && Array.IndexOf(outcomes, UInt128.Zero) is var conflict and >= 0)
        {
            _never[step] = true;
            _conflicts[step] = conflict;
        }
    }

    // In wide strides: hostile documents have a hundred thousand edges between five hundred steps.
    private static void Combine(UInt128[] into, UInt128[] from, bool all)
    {
        var target = MemoryMarshal.Cast<UInt128, ulong>(into.AsSpan());
        var source = MemoryMarshal.Cast<UInt128, ulong>(from);
        var i = 0;
        for (; i + Vector<ulong>.Count <= target.Length; i += Vector<ulong>.Count)
        {
            var (left, right) = (new Vector<ulong>(target[i..]), new Vector<ulong>(source[i..]));
            (all ? left & right : left | right).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = all ? target[i] & source[i] : target[i] | source[i];
        }
    }

    private UInt128 Outcomes(IncomingEdge edge)
    {
        if (edge.Port == StepReference.ErrorPort)
        {
            return Failed;
        }

        // A stop that completes ends the execution: nothing comes after it.
        if (_steps[edge.From].Definition.Type == FlowSteps.Stop)
        {
            return 0;
        }

        if (edge.Port is not null)
        {
            // An unknown port is reported elsewhere and counts as any completion here.
            var index = Array.IndexOf(_ports[edge.From], edge.Port);
            return index >= 0 ? UInt128.One << (FirstPort + index) : ~(NotRun | Failed);
        }

        return ~(NotRun | Failed);
    }
}
