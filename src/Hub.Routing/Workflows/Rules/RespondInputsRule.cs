using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Rules;

/// <summary>An answer that is written out has a status in its range.</summary>
internal sealed class RespondInputsRule : IWorkflowRule
{
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
        }
    }
}
