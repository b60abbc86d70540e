using System.Buffers;
using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Regexps;
using Hub.Routing.JsonPath.Syntax;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Functions;

/// <summary>
/// <c>match(value, pattern)</c> for the whole string, <c>search(value, pattern)</c> for a part of it. A pattern that is not an I-Regexp never matches.
/// </summary>
internal sealed class RegexpFunction(ValueExpression input, ValueExpression pattern, bool isWhole) : LogicalExpression
{
    private const int BytesPerCharge = 64;

    private readonly IRegexp? _literal = pattern is LiteralExpression { Value.ValueKind: JsonValueKind.String } literal
        ? new IRegexp(literal.Value.GetString()!)
        : null;

    /// <summary>The size of a pattern written in the query.</summary>
    public int PatternSize => _literal?.Size ?? 0;

    /// <summary>Why a pattern written in the query never matches; null when it may.</summary>
    public string? PatternError => _literal?.Error;

    public override bool Holds(QueryRun run, JsonElement current)
    {
        var text = input.Evaluate(run, current);
        if (text.Kind != JsonValueKind.String || (_literal ?? Given(run, current)) is not { Error: null } regexp)
        {
            return false;
        }

        var raw = JsonStrings.RawOf(text.Element);
        run.Charge(raw.Length / BytesPerCharge);
        if (!raw.Contains((byte)'\\'))
        {
            return regexp.IsMatch(run, raw, isWhole);
        }

        var decoded = ArrayPool<byte>.Shared.Rent(raw.Length);
        var holds = regexp.IsMatch(run, decoded.AsSpan(0, JsonEscapes.Decode(raw, decoded)), isWhole);
        ArrayPool<byte>.Shared.Return(decoded);
        return holds;
    }

    private IRegexp? Given(QueryRun run, JsonElement current)
    {
        var given = pattern.Evaluate(run, current);
        if (given.Kind != JsonValueKind.String)
        {
            return null;
        }

        var raw = JsonStrings.RawOf(given.Element);
        run.Charge(1 + (raw.Length / BytesPerCharge));
        var chars = JsonStrings.RentDecoded(raw, out var length);
        var regexp = run.Pattern(chars.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(chars);
        return regexp;
    }
}
