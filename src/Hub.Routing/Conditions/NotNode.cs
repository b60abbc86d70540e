using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary>The opposite of a condition.</summary>
internal sealed class NotNode(ConditionNode part) : ConditionNode
{
    public override ConditionResult Evaluate(JsonElement runContext, TemplateOptions options)
    {
        var result = part.Evaluate(runContext, options);
        var value = result.Error is null && !result.Value;
        return new ConditionResult(value, new NotExplanation(result.Why, value), result.Error);
    }
}
