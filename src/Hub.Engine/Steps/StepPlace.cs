using Hub.Connectors.Contract;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;

namespace Hub.Engine.Steps;

/// <summary>Tells what is wrong with a step's inputs by the places in the workflow's document, as its check does.</summary>
internal static class StepPlace
{
    /// <summary>The error with the places in its message; the same when it is about no input.</summary>
    public static ConnectorError InDocument(PlannedStep step, ConnectorError error) =>
        error.Inputs.Count == 0
            ? error
            : error with
            {
                Message = string.Join(' ', error.Inputs.Select(input => $"{PlaceText.Of(PointerOf(step, input.Pointer))}: {input.Message}")),
                Pointer = PointerOf(step, error.Inputs[0].Pointer),
                Inputs = [],
            };

    private static string PointerOf(PlannedStep step, string pointer) => $"{step.Pointer}/with{pointer}";
}
