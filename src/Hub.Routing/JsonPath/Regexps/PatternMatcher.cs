using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Hub.Routing.JsonPath.Evaluation;

namespace Hub.Routing.JsonPath.Regexps;

/// <summary>
/// Runs a program over a text with all its threads in step (Thompson's construction): at most one visit of each instruction
/// for each character.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct PatternMatcher
{
    private const int StepsPerCharge = 32;
    private const int ChargeEvery = 1024;

    private readonly ReadOnlySpan<Instruction> _program;
    private readonly Span<int> _seenAt;
    private readonly Span<int> _pending;
    private Span<int> _active;
    private Span<int> _next;
    private int _activeCount;
    private int _nextCount;
    private int _steps;
    private bool _hasMatched;

    private PatternMatcher(ReadOnlySpan<Instruction> program, Span<int> scratch)
    {
        var size = program.Length;
        _program = program;
        _active = scratch[..size];
        _next = scratch.Slice(size, size);
        _seenAt = scratch.Slice(2 * size, size);
        _pending = scratch.Slice(3 * size, (2 * size) + 1);
        _seenAt.Fill(-1);
    }

    public static bool IsMatch(QueryRun run, Instruction[] program, ReadOnlySpan<byte> utf8, bool isWhole)
    {
        var scratch = ArrayPool<int>.Shared.Rent((5 * program.Length) + 1);
        try
        {
            run.Charge(1 + (program.Length / StepsPerCharge));
            return new PatternMatcher(program, scratch).Matches(run, utf8, isWhole);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(scratch);
        }
    }

    private bool Matches(QueryRun run, ReadOnlySpan<byte> utf8, bool isWhole)
    {
        var position = 0;
        Follow(0, position, utf8.Length);
        Advance();
        while (true)
        {
            var isAtEnd = position == utf8.Length;
            if (_hasMatched && (isAtEnd || !isWhole))
            {
                run.Charge(_steps / StepsPerCharge);
                return true;
            }

            if (isAtEnd || (isWhole && _activeCount == 0))
            {
                run.Charge(_steps / StepsPerCharge);
                return false;
            }

            var character = Read(utf8, ref position);
            _hasMatched = false;
            foreach (var at in _active[.._activeCount])
            {
                if (_program[at].Characters!.Contains(character))
                {
                    Follow(at + 1, position, utf8.Length);
                }
            }

            if (!isWhole)
            {
                Follow(0, position, utf8.Length);
            }

            _steps += _activeCount + 1;
            Advance();
            if (_steps >= ChargeEvery)
            {
                run.Charge(_steps / StepsPerCharge);
                _steps = 0;
            }
        }
    }

    private static int Read(ReadOnlySpan<byte> utf8, ref int position)
    {
        var first = utf8[position];
        if (first < 0x80)
        {
            position++;
            return first;
        }

        Rune.DecodeFromUtf8(utf8[position..], out var rune, out var length);
        position += length;
        return rune.Value;
    }

    private void Advance()
    {
        var spent = _active;
        _active = _next;
        _next = spent;
        (_activeCount, _nextCount) = (_nextCount, 0);
    }

    // Collects the instructions that read a character, from one on through all that read none.
    private void Follow(int start, int position, int end)
    {
        var count = 0;
        _pending[count++] = start;
        while (count > 0)
        {
            var at = _pending[--count];
            if (_seenAt[at] == position)
            {
                continue;
            }

            _seenAt[at] = position;
            _steps++;
            ref readonly var instruction = ref _program[at];
            switch (instruction.Operation)
            {
                case Operation.Character:
                    _next[_nextCount++] = at;
                    break;
                case Operation.Split:
                    _pending[count++] = instruction.Other;
                    _pending[count++] = instruction.Target;
                    break;
                case Operation.Jump:
                    _pending[count++] = instruction.Target;
                    break;
                case Operation.Match:
                    _hasMatched = true;
                    break;
                case Operation.Start when position == 0:
                case Operation.End when position == end:
                    _pending[count++] = at + 1;
                    break;
            }
        }
    }
}
