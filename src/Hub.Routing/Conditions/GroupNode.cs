using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary><c>all</c> or <c>any</c> of several conditions, tried in order up to the one that settles it.</summary>
internal sealed class GroupNode(bool all, IReadOnlyList<ConditionNode> parts) : ConditionNode
{
    public override ConditionResult Evaluate(JsonElement runContext, TemplateOptions options)
    {
        var evaluated = new List<ConditionExplanation>();
        var value = all;
        string? error = null;
        foreach (var part in parts)
        {
            var result = part.Evaluate(runContext, options);
            evaluated.Add(result.Why);
            error = result.Error;
            if (error is not null || result.Value != all)
            {
                value = error is null && !all;
                break;
            }
        }

        return new ConditionResult(value, new GroupExplanation(all ? "all" : "any", evaluated, parts.Count - evaluated.Count, value), error);
    }
}
