using System.Text.Json.Nodes;
using Hub.Routing.Conditions.Operators;
using static Hub.Routing.Workflows.Schemas.SchemaParts;

namespace Hub.Routing.Workflows.Schemas;

/// <summary>Conditions: one comparison, or all, any or not of others.</summary>
internal static class ConditionSchema
{
    public static void AddTo(JsonObject definitions)
    {
        var parts = new JsonObject
        {
            ["type"] = "array",
            ["items"] = Ref("condition"),
            ["minItems"] = 1,
        };
        definitions["condition"] = AnyOf(
            Ref("comparison"),
            Ref("test"),
            Object(new JsonObject { ["all"] = parts.DeepClone() }, "all"),
            Object(new JsonObject { ["any"] = parts }, "any"),
            Object(new JsonObject { ["not"] = Ref("condition") }, "not")
        );
        definitions["comparison"] = Object(
            new JsonObject
            {
                ["path"] = Ref("path"),
                ["op"] = OneOf(ConditionOperators.All.Where(each => each.TakesValue).Select(each => each.Name)),
                ["value"] = new JsonObject().Described("A value, a $path object or a template."),
                ["ignoreCase"] = Type("boolean"),
            },
            "path",
            "op",
            "value"
        );
        definitions["test"] = Object(
            new JsonObject
            {
                ["path"] = Ref("path"),
                ["op"] = OneOf(ConditionOperators.All.Where(each => !each.TakesValue).Select(each => each.Name)),
                ["ignoreCase"] = new JsonObject { ["const"] = false },
            },
            "path",
            "op"
        );
    }
}
