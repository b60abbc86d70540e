using System.Text.Json.Nodes;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Workflows.Schemas;
using static Hub.Routing.Workflows.Schemas.SchemaParts;

namespace Hub.Routing.Workflows.Triggers;

/// <summary><c>webhook</c>: deliveries of a Source, those that fulfil its filter and its schema.</summary>
internal sealed class WebhookTrigger : ITriggerKind
{
    public string Type => "webhook";

    public string Example => """{ "type": "webhook", "source": ... }""";

    public JsonObject Schema() =>
        Object(
            new JsonObject
            {
                ["type"] = new JsonObject { ["const"] = Type },
                ["source"] = Name().Described("The Source whose deliveries start the workflow."),
                ["filter"] = Ref("condition").Described("Deliveries that do not fulfil it start nothing. It reads trigger, workflow and vars."),
                ["schema"] = SchemaParts
                    .Type("object")
                    .Described("A JSON Schema (a subset of 2020-12) for the body; deliveries that do not fulfil it start nothing."),
                ["signature"] = new JsonObject { ["deprecated"] = true },
                ["dedupe"] = new JsonObject { ["deprecated"] = true },
            },
            "type",
            "source"
        );

    public void Check(ObjectReader trigger, ErrorList errors)
    {
        if (!trigger.Has("source", out _))
        {
            errors.Error(
                ErrorCodes.MissingProperty,
                trigger.Place,
                "A webhook trigger needs 'source'.",
                "Add \"source\": the name of the Source whose deliveries start this workflow."
            );
        }
    }
}
