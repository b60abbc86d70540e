using System.Text.Json;
using Hub.Routing.Workflows.Triggers;

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

        var stated = reader.Require("type", $"Add \"type\": {TriggerKinds.Names}.", out _);
        var kind = reader.Choice("type", otherwise: null, [.. TriggerKinds.All.Select(kind => (kind.Type, (ITriggerKind?)kind))]);
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

        kind?.Check(reader, errors);
        reader.Has("filter", out var filter);
        var schema = reader.Object("schema");
        reader.Close();

        // Without a type the document is refused; what else there is to say about the trigger is said all the same.
        return new TriggerDefinition(stated && kind is not null ? kind.Type : string.Empty, source) { Schema = schema, Filter = filter };
    }
}
