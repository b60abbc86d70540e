using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

internal abstract class ConditionNode
{
    public abstract ConditionResult Evaluate(JsonElement runContext, TemplateOptions options);
}
