using System.Text.Json;

namespace Hub.Routing.Workflows.Reading;

internal static class TriggerReader
{
    private static readonly string[] OfSource = ["signature", "dedupe"];

    public static TriggerDefinition? Read(JsonElement element, ErrorList errors)
    {
        var place = WorkflowDraft.TriggerPlace;
        if (ObjectReader.Open(element, place, errors) is not { } reader)
        {
            return null;
        }

        var stated = reader.Require("type", "Add \"type\": \"webhook\" or \"manual\".", out _);
        var type = reader.Choice(
            "type",
            otherwise: null,
            (TriggerDefinition.Webhook, TriggerDefinition.Webhook),
            (TriggerDefinition.Manual, (string?)TriggerDefinition.Manual)
        );
        var source = reader.NameText("source");
        foreach (var name in OfSource)
        {
            if (reader.Has(name, out _))
            {
                errors.Warning(
                    ErrorCodes.BelongsToSource,
                    place[name],
                    $"'{name}' has no effect here: it lives on the Source.",
                    "Set it on the Source, and leave it out of the workflow."
                );
            }
        }

        var hasSource = reader.Has("source", out _);
        if (type == TriggerDefinition.Webhook && !hasSource)
        {
            errors.Error(
                ErrorCodes.MissingProperty,
                place,
                "A webhook trigger needs 'source'.",
                "Add \"source\": the name of the Source whose deliveries start this workflow."
            );
        }
        else if (type == TriggerDefinition.Manual && hasSource)
        {
            errors.Error(ErrorCodes.UnknownProperty, place["source"], "A manual trigger has no 'source'.", "Leave it out, or make the type webhook.");
        }

        RefuseForManual(reader, type, "filter", "A person who starts a workflow means it to run: put an if step first, or make the type webhook.", errors);
        RefuseForManual(reader, type, "schema", "Leave it out, or make the type webhook.", errors);
        reader.Has("filter", out var filter);
        var schema = reader.Object("schema");
        reader.Close();

        // Without a type the document is refused; what else there is to say about the trigger is said all the same.
        return new TriggerDefinition(stated && type is not null ? type : string.Empty, source) { Schema = schema, Filter = filter };
    }

    private static void RefuseForManual(ObjectReader reader, string? type, string name, string remedy, ErrorList errors)
    {
        if (type == TriggerDefinition.Manual && reader.Has(name, out _))
        {
            errors.Error(ErrorCodes.UnknownProperty, reader.Place[name], $"A manual trigger has no '{name}'.", remedy);
        }
    }
}
