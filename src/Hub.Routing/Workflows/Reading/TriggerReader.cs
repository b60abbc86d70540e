using System.Text.Json;

namespace Hub.Routing.Workflows.Reading;

internal static class TriggerReader
{
    private static readonly string[] OfSource = ["signature", "dedupe"];

    public static TriggerDefinition? Read(JsonElement element, FaultList faults)
    {
        var place = JsonPlace.Root["trigger"];
        if (ObjectReader.Open(element, place, faults) is not { } reader)
        {
            return null;
        }

        var stated = reader.Require("type", "Add \"type\": \"webhook\" or \"manual\".", out _);
        var type = reader.Choice(
            "type",
            otherwise: null,
            (TriggerDefinition.Webhook, TriggerDefinition.Webhook),
            (TriggerDefinition.Manual, (string?)TriggerDefinition.Manual));
        var source = reader.NameText("source");
        foreach (var name in OfSource)
        {
            if (reader.Has(name, out _))
            {
                faults.Warning(FaultCodes.BelongsToSource, place[name], $"'{name}' has no effect here: it lives on the Source.", "Set it on the Source, and leave it out of the workflow.");
            }
        }

        var hasSource = reader.Has("source", out _);
        if (type == TriggerDefinition.Webhook && !hasSource)
        {
            faults.Error(FaultCodes.MissingProperty, place, "A webhook trigger needs 'source'.", "Add \"source\": the name of the Source whose deliveries start this workflow.");
        }
        else if (type == TriggerDefinition.Manual && hasSource)
        {
            faults.Error(FaultCodes.UnknownProperty, place["source"], "A manual trigger has no 'source'.", "Leave it out, or make the type webhook.");
        }

        reader.Close();
        return stated && type is not null ? new TriggerDefinition(type, source) : null;
    }
}
