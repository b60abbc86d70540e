using System.Text.Json.Nodes;
using Hub.Fields;
using Hub.Routing.Workflows.Triggers;
using static Hub.Routing.Workflows.Schemas.SchemaParts;

namespace Hub.Routing.Workflows.Schemas;

/// <summary>The document's own shape; steps and conditions have their builders.</summary>
internal static class DocumentSchema
{
    public static JsonObject Build(IReadOnlyList<StepTypeDescription> types)
    {
        var schema = Object(
            new JsonObject
            {
                ["$schema"] = Type("string"),
                ["schema"] = new JsonObject { ["const"] = WorkflowReader.Schema },
                ["name"] = Name(),
                ["description"] = Text(1, WorkflowLimits.DescriptionLength * Hub.Fields.Characters.MostUnits),
                ["trigger"] = Ref("trigger"),
                ["steps"] = Items(Ref("step"), 1, WorkflowLimits.Steps),
                ["errorPolicy"] = Ref("errorPolicy"),
                ["vars"] = Type("object").Described("Values that templates and paths read as vars."),
            },
            "schema",
            "name",
            "trigger",
            "steps"
        );
        var definitions = new JsonObject
        {
            ["trigger"] = AnyOf(TriggerKinds.All.Select(kind => kind.Schema())),
            ["errorPolicy"] = ErrorPolicy(),
            ["retry"] = Retry(),
            ["stepId"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z_][A-Za-z0-9_-]{0,63}$" },
            ["incomingEdge"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Za-z_][A-Za-z0-9_-]{0,63}(\\.[A-Za-z_][A-Za-z0-9_-]{0,63})?$" },
            ["duration"] = new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = DurationText.Pattern,
                ["minLength"] = 2,
                ["examples"] = new JsonArray("500ms", "30s", "5m", "1.5h", "1h30m", "PT5M"),
            },
            ["number"] = new JsonObject { ["type"] = "string", ["pattern"] = "^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$" },
            ["template"] = new JsonObject { ["type"] = "string", ["pattern"] = "\\{\\{" },
            ["query"] = Object(new JsonObject { ["$path"] = Ref("path") }, "$path"),
            ["path"] = new JsonObject { ["type"] = "string", ["pattern"] = "^\\$" },
        };
        ConditionSchema.AddTo(definitions);
        StepSchema.AddTo(definitions, types);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = WorkflowSchema.Id,
            ["title"] = "FlowPilot workflow",
            ["$defs"] = definitions,
        }.With(schema);
    }

    private static JsonObject Retry() =>
        Object(
            new JsonObject
            {
                ["attempts"] = Integer(1, WorkflowLimits.Attempts),
                ["backoff"] = OneOf("constant", "linear", "exponential"),
                ["first"] = Ref("duration"),
                ["max"] = Ref("duration"),
            }
        );

    private static JsonObject ErrorPolicy() =>
        Object(
            new JsonObject
            {
                ["retry"] = Ref("retry"),
                ["deadLetterAfter"] = Integer(1, WorkflowLimits.DeadLetterAfter),
                ["fallback"] = Object(
                    new JsonObject
                    {
                        ["type"] = Type("string"),
                        ["credential"] = Name(),
                        ["with"] = Type("object"),
                    },
                    "type"
                ),
                ["breaker"] = Object(
                    new JsonObject
                    {
                        ["failureRatio"] = new JsonObject
                        {
                            ["type"] = "number",
                            ["exclusiveMinimum"] = 0,
                            ["maximum"] = 1,
                        },
                        ["window"] = Ref("duration"),
                        ["minimumRuns"] = Integer(1, 1_000_000),
                        ["pause"] = Ref("duration"),
                    }
                ),
            }
        );
}
