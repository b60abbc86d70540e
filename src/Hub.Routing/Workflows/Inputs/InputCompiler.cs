using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.JsonPath;
using Hub.Routing.Templates;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Inputs;

/// <summary>Compiles inputs and reports every template and path that is not valid.</summary>
internal sealed class InputCompiler(ErrorList errors)
{
    /// <param name="with">The inputs as written.</param>
    /// <param name="place">Where they are.</param>
    /// <param name="type">Tells where each input goes; null when not known.</param>
    public InputNode Compile(JsonElement with, JsonPlace place, StepTypeDescription? type) =>
        with.ValueKind == JsonValueKind.Object && !Operand.IsQuery(with)
            ? CompileObject(with, place, WorkflowLimits.Depth, name => type?.Fields.FirstOrDefault(field => field.Name == name)?.Place ?? StepFieldPlace.Text)
        : type?.Fields.Any(field => MrkdwnInput.IsFor(field.Place)) == true
            ? new MrkdwnInput(Compile(with, place, WorkflowLimits.Depth, StepFieldPlace.Text), place, type)
        : Compile(with, place, WorkflowLimits.Depth, StepFieldPlace.Text);

    private InputNode Compile(JsonElement value, JsonPlace place, int depth, StepFieldPlace goesTo)
    {
        if (depth == 0)
        {
            errors.Error(ErrorCodes.DocumentTooDeep, place, $"Inputs are nested more than {WorkflowLimits.Depth} deep.", "Flatten what is nested here.");
            return new ConstantInput(value);
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when Operand.IsTemplate(value) => CompileTemplate(value, place, goesTo),
            JsonValueKind.Object when Operand.IsQuery(value) => MrkdwnInput.Of(CompileQuery(value, place[Operand.PathKey]), place, goesTo),
            JsonValueKind.Object when MrkdwnInput.IsFor(goesTo) && MrkdwnBlocks.HasOpenType(value) => MrkdwnInput.Of(
                CompileObject(value, place, depth, static _ => StepFieldPlace.Text),
                place,
                StepFieldPlace.MrkdwnBlocks
            ),
            JsonValueKind.Object => CompileObject(value, place, depth, name => PlaceIn(value, name, goesTo)),
            JsonValueKind.Array => CompileArray(value, place, depth, MrkdwnInput.IsFor(goesTo) ? goesTo : StepFieldPlace.Text),
            _ => new ConstantInput(value),
        };
    }

    private InputNode CompileTemplate(JsonElement value, JsonPlace place, StepFieldPlace goesTo)
    {
        if (Template.TryParse(JsonText.Read(value), out var template, out var error))
        {
            return goesTo switch
            {
                StepFieldPlace.Url when !template.IsSingleExpression => UrlInput.Create(template, place, errors),
                StepFieldPlace.Headers => new TemplateInput(template, place, TemplatePlace.Header),
                StepFieldPlace.Body when JsonOutline.IsJson(template.Text) => new TemplateInput(template, place, TemplatePlace.Json),
                StepFieldPlace.Mrkdwn when !template.IsSingleExpression => new TemplateInput(template, place, TemplatePlace.Mrkdwn),
                _ when template.IsSingleExpression && !template.IsRaw => MrkdwnInput.Of(new TemplateInput(template, place), place, goesTo),
                _ => new TemplateInput(template, place),
            };
        }

        errors.Error(
            ErrorCodes.TemplateInvalid,
            place,
            $"The template is not valid in line {error.Line}, column {error.Column}: {error.Message}",
            "Correct the template between {{ and }}."
        );
        return new ConstantInput(value);
    }

    private InputNode CompileQuery(JsonElement value, JsonPlace place)
    {
        var path = value.EnumerateObject().First().Value;
        if (path.ValueKind != JsonValueKind.String)
        {
            ObjectReader.WrongType(errors, place, "a text", path);
        }
        else if (JsonPathQuery.TryParse(JsonText.Read(path), out var query, out var error))
        {
            return new QueryInput(query, place);
        }
        else
        {
            errors.Error(
                ErrorCodes.PathInvalid,
                place,
                $"The path is not valid at character {error.Position + 1}: {error.Problem}",
                "Correct the path; it is JSONPath (RFC 9535) and starts with $."
            );
        }

        return new ConstantInput(value);
    }

    private InputNode CompileObject(JsonElement value, JsonPlace place, int depth, Func<string, StepFieldPlace> placeOf)
    {
        var members = new List<(JsonEncodedText, InputNode Value)>();
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonText.ReadName(member);
            if (name == Operand.PathKey)
            {
                errors.Warning(
                    ErrorCodes.PathNotAlone,
                    place[name],
                    "An object with '$path' and other keys is sent as it is, and is not a query.",
                    "Leave '$path' as the only key to make it a query."
                );
            }

            members.Add((JsonEncodedText.Encode(name), Compile(member.Value, place[name], depth - 1, placeOf(name))));
        }

        return members.TrueForAll(member => member.Value.IsConstant) ? new ConstantInput(value) : new ObjectInput(members);
    }

    private static StepFieldPlace PlaceIn(JsonElement value, string name, StepFieldPlace goesTo) =>
        goesTo switch
        {
            StepFieldPlace.Headers => goesTo,
            StepFieldPlace.Mrkdwn or StepFieldPlace.MrkdwnBlocks => MrkdwnBlocks.PlaceOf(value, name),
            _ => StepFieldPlace.Text,
        };

    private InputNode CompileArray(JsonElement value, JsonPlace place, int depth, StepFieldPlace goesTo)
    {
        var items = value.EnumerateArray().Select((item, index) => Compile(item, place[index], depth - 1, goesTo)).ToList();
        return items.TrueForAll(item => item.IsConstant) ? new ConstantInput(value) : new ArrayInput(items);
    }
}
