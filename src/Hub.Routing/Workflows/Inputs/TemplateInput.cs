using System.Text.Json;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Reading;
using Hub.Routing.Writing;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>A text with <c>{{ }}</c>: one whole expression keeps the type of its value, anything else becomes text, escaped for where it goes.</summary>
internal sealed class TemplateInput(Template template, JsonPlace place, TemplatePlace goesTo = TemplatePlace.Text) : InputNode
{
    public override void Write(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        try
        {
            if (!template.IsSingleExpression)
            {
                template.RenderTo(writer, runContext, goesTo == options.Place ? options : options with { Place = goesTo });
            }
            else if (goesTo == TemplatePlace.Header)
            {
                WriteHeader(runContext, writer, options);
            }
            else
            {
                template.EvaluateTo(writer, runContext, options);
            }

            writer.ThrowIfOver(options.MaxBytes);
        }
        catch (Exception e) when (e is TemplateException or JsonLimitException)
        {
            throw InputTemplateException.From(place.Pointer(), e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new InputTemplateException(
                place.Pointer(),
                "The result cannot be written as JSON: it nests too deep, or holds text that is not valid Unicode.",
                e
            );
        }
    }

    private void WriteHeader(JsonElement runContext, Utf8JsonWriter writer, TemplateOptions options)
    {
        switch (template.Evaluate(runContext, options))
        {
            case null:
                writer.WriteNullValue();
                break;
            case var text when text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().AsSpan().ContainsAny('\r', '\n', '\0'):
                throw new InputTemplateException(place.Pointer(), "A header's value cannot contain CR, LF or NUL.");
            case var value:
                value.WriteTo(writer);
                break;
        }
    }
}
