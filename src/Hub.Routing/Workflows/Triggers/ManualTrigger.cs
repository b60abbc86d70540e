using System.Text.Json.Nodes;
using Hub.Routing.Workflows.Reading;
using static Hub.Routing.Workflows.Schemas.SchemaParts;

namespace Hub.Routing.Workflows.Triggers;

/// <summary><c>manual</c>: a person, or whoever calls the API.</summary>
internal sealed class ManualTrigger : ITriggerKind
{
    public string Type => "manual";

    public string Example => """{ "type": "manual" }""";

    public JsonObject Schema() => Object(new JsonObject { ["type"] = new JsonObject { ["const"] = Type } }, "type");

    public void Check(ObjectReader trigger, ErrorList errors)
    {
        const string Remedy = "Leave it out, or make the type webhook.";
        Refuse(trigger, "source", Remedy, errors);
        Refuse(trigger, "filter", "A person who starts a workflow means it to run: put an if step first, or make the type webhook.", errors);
        Refuse(trigger, "schema", Remedy, errors);
    }

    private static void Refuse(ObjectReader trigger, string name, string remedy, ErrorList errors)
    {
        if (trigger.Has(name, out _))
        {
            errors.Error(ErrorCodes.UnknownProperty, trigger.Place[name], $"A manual trigger has no '{name}'.", remedy);
        }
    }
}
