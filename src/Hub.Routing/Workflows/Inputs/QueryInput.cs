using System.Text.Json;
using Hub.Routing.JsonPath;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Writing;

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
                query.SelectTo(runContext, writer, static (value, writer) => writer.WriteAsItStands(value));
                writer.WriteEndArray();
            }
            else if (query.TrySelectSingle(runContext, out var value))
            {
                writer.WriteAsItStands(value);
            }
            else
            {
                writer.WriteNullValue();
            }

            writer.ThrowIfOver(options.MaxBytes);
        }
        catch (JsonLimitException e)
        {
            throw new InputTemplateException(place.Pointer(), e.Message, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A path that reaches its limit, or text that is not valid Unicode: the step fails and names the place.
            throw new InputTemplateException(place.Pointer(), $"The path could not be evaluated: {e.Message}", e);
        }
    }
}
