using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Regexps;

/// <summary>
/// A pattern in I-Regexp (RFC 9485), compiled for an automaton of our own: it reads code points rather than UTF-16 units, never
/// backtracks, compiles in microseconds and charges its steps to the run. Immutable.
/// </summary>
internal sealed class IRegexp
{
    private readonly Instruction[] _program = [];

    public IRegexp(string pattern)
    {
        try
        {
            var program = new List<Instruction>();
            new PatternParser(pattern).Parse().Emit(program);
            program.Add(new Instruction(Operation.Match));
            _program = [.. program];
        }
        catch (IRegexpException e)
        {
            Error = e.Message;
        }
    }

    /// <summary>Why the pattern never matches; null when it may.</summary>
    public string? Error { get; }

    /// <summary>The length of the program, which is that of the pattern with its repetitions written out.</summary>
    public int Size => _program.Length;

    /// <summary>Whether the text as a whole matches, or else any part of it.</summary>
    public bool IsMatch(QueryRun run, ReadOnlySpan<byte> utf8, bool isWhole) => Error is null && PatternMatcher.IsMatch(run, _program, utf8, isWhole);
}
