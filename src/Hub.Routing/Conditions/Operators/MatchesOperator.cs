using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Patterns;

namespace Hub.Routing.Conditions.Operators;

/// <summary>A text matches a regular expression somewhere.</summary>
internal sealed class MatchesOperator() : ConditionOperator("matches")
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public override bool ValueIsFixed => true;

    public override string? CheckValue(JsonElement value) => value.ValueKind == JsonValueKind.String ? null : "a regular expression as text";

    public override object? Prepare(JsonElement value, bool ignoreCase) => TextPattern.Compile(JsonText.Read(value), ignoreCase ? "i" : "", Timeout);

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
