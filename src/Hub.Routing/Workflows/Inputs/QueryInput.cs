using System.Runtime.InteropServices;
using System.Text.Json;
using Hub.Routing.JsonPath;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>A <c>$path</c> object: a singular path gives the value, or null when there is none; any other gives an array.</summary>
internal sealed class QueryInput(JsonPathQuery query, JsonPlace place) : InputNode
{
    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        try
        {
            if (!query.IsSingular)
            {
                writer.WriteStartArray();
                foreach (var value in query.Select(runContext))
                {
                    Copy(value, writer);
                }

                writer.WriteEndArray();
            }
            else if (query.TrySelectSingle(runContext, out var value))
            {
                Copy(value, writer);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A path that reaches its limit, or text that is not valid Unicode: the step fails and names the place.
            throw new InputTemplateException(place.Pointer(), $"The path could not be evaluated: {e.Message}", e);
        }
    }

    // Copied as it stands: whatever the data holds, it is passed on unchanged.
    private static void Copy(JsonElement value, Utf8JsonWriter writer) => writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
