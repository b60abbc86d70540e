using System.Buffers;
using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>An answer that is written out is one that HTTP can carry: a status in its range, and headers that are texts.</summary>
internal sealed class RespondInputsRule : IWorkflowRule
{
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly StepField StatusField = FlowSteps.Find(FlowSteps.Respond)!.Fields.Single(field => field.Name == "status");

    public void Check(WorkflowDraft draft, ErrorList errors)
    {
        foreach (var step in draft.Steps.Where(step => step.Definition is { Type: FlowSteps.Respond, With.ValueKind: JsonValueKind.Object }))
        {
            var (with, place) = (step.Definition.With, step.Place["with"]);
            if (
                with.TryGetProperty("status", out var status)
                && !Operand.IsTemplate(status)
                && FieldCheck.Of(StatusField, status) is FieldFit.Fits or FieldFit.StandsFor
                && !FlowSteps.TryReadStatus(status, out _)
            )
            {
                errors.Error(
                    ErrorCodes.OutOfRange,
                    place["status"],
                    $"'status' must be a whole number from {FlowSteps.LeastStatus} to {FlowSteps.GreatestStatus}.",
                    "Write an HTTP status such as 200."
                );
            }

            if (with.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object && !Operand.IsQuery(headers))
            {
                CheckHeaders(headers, place["headers"], errors);
            }
        }
    }

    private static void CheckHeaders(JsonElement headers, JsonPlace place, ErrorList errors)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers.EnumerateObject().TakeWhile(_ => !errors.IsFull))
        {
            var name = JsonText.ReadName(header);
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(Token))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"'{NearestName.Shorten(name)}' is not the name of a header.",
                    "Write letters, digits and hyphens, such as X-Order-Id."
                );
            }
            else if (FlowSteps.IsServerHeader(name))
            {
                errors.Error(ErrorCodes.InputConflict, place[name], $"'{name}' cannot be set by a workflow.", "Leave it out.");
            }
            else if (!seen.Add(name))
            {
                errors.Error(
                    ErrorCodes.InputConflict,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' is there twice: capitals make no difference.",
                    "Keep one of the two."
                );
            }

            if (header.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && !Operand.IsQuery(header.Value))
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' must be a text.",
                    "Write a text, a template {{ }} or a $path object."
                );
            }
            else if (
                header.Value.ValueKind == JsonValueKind.String
                && !Operand.IsTemplate(header.Value)
                && JsonText.Read(header.Value).AsSpan().ContainsAny('\r', '\n')
            )
            {
                errors.Error(
                    ErrorCodes.InputWrongType,
                    place[name],
                    $"The header '{NearestName.Shorten(name)}' has a line break, which would begin another header.",
                    "Write it on one line."
                );
            }
        }
    }
}
