using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Rules;

/// <summary><c>pattern</c>: a text matches somewhere, in time linear to its length.</summary>
internal sealed class PatternRule(string pattern, Regex regex) : SchemaRule
{
    public override bool Check(SchemaRun run, JsonElement value) =>
        value.ValueKind != JsonValueKind.String
        || Matches(run, regex, JsonText.Read(value))
        || run.Fail("pattern", () => $"This must match the pattern {NearestName.Shorten(pattern)}.");

    public static bool Matches(SchemaRun run, Regex regex, string text)
    {
        run.Charge(1 + (text.Length >> 3));
        try
        {
            return regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SchemaLimitException($"A pattern takes longer than {regex.MatchTimeout.TotalSeconds:0} s here.");
        }
    }
}
