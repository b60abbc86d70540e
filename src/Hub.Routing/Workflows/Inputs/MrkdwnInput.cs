using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Templates;
using Hub.Routing.Templates.Values;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Writing;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>
/// A value that an expression or a path gives as a whole: texts that Slack reads as mrkdwn are escaped in it, and what mentions becomes plain text.
/// </summary>
internal sealed class MrkdwnInput : InputNode
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly InputNode _inner;
    private readonly JsonPlace _place;
    private readonly StepFieldPlace _goesTo;
    private readonly StepTypeDescription? _type;

    private MrkdwnInput(InputNode inner, JsonPlace place, StepFieldPlace goesTo) => (_inner, _place, _goesTo) = (inner, place, goesTo);

    /// <summary>All inputs of a step at once.</summary>
    public MrkdwnInput(InputNode inner, JsonPlace place, StepTypeDescription type)
        : this(inner, place, StepFieldPlace.Text) => _type = type;

    /// <summary>The same node where the place asks for no escaping.</summary>
    public static InputNode Of(InputNode inner, JsonPlace place, StepFieldPlace goesTo) => IsFor(goesTo) ? new MrkdwnInput(inner, place, goesTo) : inner;

    /// <summary>Whether Slack reads what goes there as mrkdwn, or as blocks that may hold some.</summary>
    public static bool IsFor(StepFieldPlace goesTo) => goesTo is StepFieldPlace.Mrkdwn or StepFieldPlace.MrkdwnBlocks;

    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        try
        {
            var buffer = new JsonBuffer(256);
            buffer.Reset(options.MaxBytes);
            using (var whole = new Utf8JsonWriter(buffer, PlainJson.Writing))
            {
                _inner.Write(runContext, whole, options);
            }

            using var value = JsonDocument.Parse(buffer.Detach(), Deep);
            Write(value.RootElement, writer, _goesTo, _type);
            writer.ThrowIfOver(options.MaxBytes);
        }
        catch (JsonLimitException e)
        {
            throw InputTemplateException.From(_place.Pointer(), e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InputTemplateException(
                _place.Pointer(),
                "The result cannot be written as JSON: it nests too deep, or holds text that is not valid Unicode.",
                e
            );
        }
    }

    private static void Write(JsonElement value, Utf8JsonWriter writer, StepFieldPlace goesTo, StepTypeDescription? type = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when goesTo == StepFieldPlace.Mrkdwn:
                writer.WriteText(Mrkdwn.Escape(JsonText.Sound(JsonText.Read(value))));
                break;
            case JsonValueKind.Object when IsFor(goesTo) && MrkdwnBlocks.MentionIn(value) is { } mention:
                writer.WriteStartObject();
                writer.WriteString("type"u8, "text"u8);
                writer.WritePropertyName("text"u8);
                writer.WriteText(JsonText.Sound(mention));
                writer.WriteEndObject();
                break;
            case JsonValueKind.Object when type is not null || IsFor(goesTo):
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var name = JsonText.ReadName(member);
                    writer.WritePropertyName(name);
                    Write(member.Value, writer, type is null ? MrkdwnBlocks.PlaceOf(value, name) : PlaceOf(type, name));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array when IsFor(goesTo):
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, writer, goesTo);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteAsItStands(value);
                break;
        }
    }

    private static StepFieldPlace PlaceOf(StepTypeDescription type, string name) =>
        type.Fields.FirstOrDefault(field => field.Name == name)?.Place ?? StepFieldPlace.Text;
}
