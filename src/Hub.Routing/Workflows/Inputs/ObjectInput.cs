using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Workflows.Inputs;

internal sealed class ObjectInput(IReadOnlyList<(JsonEncodedText Name, InputNode Value)> members) : InputNode
{
    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            value.Write(runContext, writer, options);
        }

        writer.WriteEndObject();
    }
}
