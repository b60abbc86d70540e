using System.Text.Json;
using Hub.Routing.Conditions.Operators;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary>A path, an operator and, for most operators, a value.</summary>
internal sealed class ComparisonNode(Operand.Query path, ConditionOperator @operator, Operand? value, bool ignoreCase, object? prepared) : ConditionNode
{
    public override ConditionResult Evaluate(JsonElement runContext, TemplateOptions options)
    {
        var found = Comparand.Absent;
        var other = Comparand.Absent;
        Verdict verdict;
        try
        {
            found = path.Resolve(runContext, options);
            other = value?.Resolve(runContext, options) ?? Comparand.Absent;
            verdict = Decide(new Comparison(found, other, ignoreCase, prepared));
        }
        catch (TemplateException e)
        {
            verdict = new Verdict(false, Error: $"the template of the value failed: {e.Message}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A path that reaches its limit, text that is not valid Unicode: whatever the data brings about, the step fails and nothing else.
            verdict = new Verdict(false, Error: $"the condition could not be evaluated: {e.Message}");
        }

        var why = new ComparisonExplanation(path.Origin, @operator.Name, found, value is null ? null : other, value?.Origin, ignoreCase, verdict);
        return new ConditionResult(verdict.Value && verdict.Error is null, why, verdict.Error);
    }

    private Verdict Decide(in Comparison comparison)
    {
        if (value is not null && comparison.Value.IsAbsent)
        {
            return new Verdict(@operator.WhenAbsent, "the path of the value selects nothing");
        }

        return @operator.TakesValue && comparison.Found.IsAbsent ? new Verdict(@operator.WhenAbsent, "the path selects nothing") : @operator.Test(comparison);
    }
}
