using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Workflows.Inputs;

internal sealed class ArrayInput(IReadOnlyList<InputNode> items) : InputNode
{
    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            item.Write(runContext, writer, options);
        }

        writer.WriteEndArray();
    }
}
