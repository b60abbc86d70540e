using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hub.Routing.Templates;
using Hub.Routing.Tests.Templates;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using Template = Hub.Routing.Templates.Template;

namespace Hub.Routing.Tests.Differential;

/// <summary>Templates give what the reference engine gives, over made-up templates of what both know.</summary>
public sealed partial class TemplateDifferentialTests(ITestOutputHelper output)
{
    private const int Seed = 753;
    private const int UsualCases = 5_000;

    private static readonly JsonElement Model = JsonElement.Parse(
        """
        {
          "n": 7, "zero": 0, "minus": -3, "half": 2.5, "yes": true, "no": false, "nothing": null,
          "word": "flow", "text": "One two, three", "padded": "  x y  ", "umlaut": "Äpfel", "hollow": "",
          "list": [ 3, 1, 2, 3 ], "words": [ "pear", "fig", "apple", "fig" ], "mixed": [ 1, "a", null, true ], "none": [],
          "order": { "id": 42, "customer": { "name": "Ada", "city": "Graz" }, "items": [ { "sku": "A1", "quantity": 2 }, { "sku": "B2", "quantity": 1 } ] }
        }
        """
    );

    /// <summary>A difference that is meant: the reference goes on with Infinity and NaN, which no JSON has; here they are errors at the operator.</summary>
    private static readonly string[] HasNoEnd = ["error: Cannot divide by zero", "error: The number is too large"];

    [Fact]
    public void Render_MadeUpTemplates_GivesWhatTheReferenceGives()
    {
        var configured = Environment.GetEnvironmentVariable("FLOWPILOT_FUZZ_CASES");
        var cases = string.IsNullOrEmpty(configured) ? UsualCases : int.Parse(configured, CultureInfo.InvariantCulture);
        output.WriteLine($"seed {Seed}, {cases} templates");
        var made = new MadeUpTemplates(new Random(Seed));
        var (rendered, endless) = (0, 0);
        var differing = new List<string>();
        for (var i = 0; i < cases; i++)
        {
            var text = made.Text();
            if (Reference(text) is { } expected)
            {
                rendered++;
                var actual = Ours(text);
                if (HasNoEnd.Any(message => actual.StartsWith(message, StringComparison.Ordinal)))
                {
                    endless++;
                }
                else if (NegativeZero().Replace(actual, "0") != NegativeZero().Replace(expected, "0"))
                {
                    differing.Add($"case {i}: {text}\n  reference: {expected}\n  here:      {actual}");
                }
            }
        }

        output.WriteLine($"{rendered} rendered by the reference, {endless} of them with a number that is infinite or none");
        Assert.True(endless < rendered / 20, $"{endless} have a number that is infinite or none.");
        Assert.True(rendered > cases / 3, $"The reference renders {rendered} of {cases}.");
        Assert.True(differing.Count == 0, $"{differing.Count} differ\n{string.Join('\n', differing.Take(40))}");
    }

    private static string Ours(string text)
    {
        try
        {
            return Template.Parse(text).Render(Model, new TemplateOptions { Clock = new FixedClock(DateTimeOffset.UnixEpoch) });
        }
        catch (TemplateException e)
        {
            return $"error: {e.Message}";
        }
    }

    /// <summary>Null when the reference refuses it: what is an error there may mean something here.</summary>
    private static string? Reference(string text)
    {
        var template = Scriban.Template.Parse(text);
        if (template.HasErrors)
        {
            return null;
        }

        var context = new TemplateContext { LoopLimit = 1_000, EnableRelaxedMemberAccess = true };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal((ScriptObject)ValueOf(Model)!);
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException)
        {
            return null;
        }
    }

    private static object? ValueOf(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new ScriptObject();
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = ValueOf(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new ScriptArray(value.EnumerateArray().Select(ValueOf));
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.TryGetInt32(out var whole) ? whole : (object)value.GetDecimal();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            default:
                return null;
        }
    }

    /// <summary>The two do not agree on the sign of a zero.</summary>
    [GeneratedRegex(@"(?<![\d.])-0(?![\d.])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NegativeZero();
}
