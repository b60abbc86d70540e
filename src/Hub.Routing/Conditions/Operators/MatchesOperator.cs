using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Routing.Conditions.Operators;

/// <summary>A text matches a regular expression, in time linear to the text: no backtracking, so no lookarounds and no backreferences.</summary>
internal sealed class MatchesOperator() : ConditionOperator("matches")
{
    public const int PatternLength = 1000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public override bool ValueIsFixed => true;

    public override string? CheckValue(JsonElement value) => value.ValueKind == JsonValueKind.String ? null : "a regular expression as text";

    public override object? Prepare(JsonElement value, bool ignoreCase)
    {
        var pattern = JsonText.Read(value);
        if (pattern.Length > PatternLength)
        {
            throw new ArgumentException($"The pattern has {pattern.Length} characters; {PatternLength} are allowed.", nameof(value));
        }

        RepetitionLimit.Check(pattern);
        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        return new Regex(pattern, ignoreCase ? options | RegexOptions.IgnoreCase : options, Timeout);
    }

    public override Verdict Test(in Comparison comparison)
    {
        if (!comparison.Found.IsText)
        {
            return new Verdict(false, $"types differ: {comparison.Found.TypeName} vs string");
        }

        try
        {
            return new Verdict(((Regex)comparison.Prepared!).IsMatch(comparison.Found.Text));
        }
        catch (RegexMatchTimeoutException)
        {
            return new Verdict(false, Error: $"the pattern took longer than {Timeout.TotalSeconds:0} s");
        }
    }
}
