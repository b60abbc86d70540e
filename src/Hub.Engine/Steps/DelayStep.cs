using System.Text.Json;
using Hub.Connectors.Contract;
using Hub.Fields;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using InstantText = Hub.Routing.Conditions.InstantText;

namespace Hub.Engine.Steps;

/// <summary><c>delay</c>: rests for a time, or until an instant; no thread is held meanwhile.</summary>
internal sealed class DelayStep(TimeProvider time) : ISuspendingStep
{
    public const string ErrorCode = "bad_delay";

    public string Type => "delay";

    public StepOutcome Begin(PlannedStep step, JsonElement input, StepScope scope)
    {
        if (InputText.Get(input, "for") is { } text)
        {
            return DurationText.TryParse(text, out var wait) ? Rest("for", wait) : Refuse("for", $"'{text}' is not a duration. {DurationText.RemedyFor(text)}");
        }

        var until = InputText.Get(input, "until");
        return InstantText.TryParse(until, out var instant)
            ? Rest("until", instant - time.GetUtcNow())
            : Refuse("until", $"'{until}' is not an instant with an offset. Write for instance 2030-01-31T09:00:00Z.");
    }

    public StepOutcome GoOn(PlannedStep step, WaitEnd end) => new Succeeded(null);

    private static StepOutcome Rest(string input, TimeSpan wait) =>
        wait > WorkflowLimits.Delay
            ? Refuse(input, $"A delay lasts at most {WorkflowLimits.Delay.TotalDays:0} days.")
            : new Suspended(new WaitFor.Time(wait < TimeSpan.Zero ? TimeSpan.Zero : wait));

    private static Failed Refuse(string input, string sentence) => new(ConnectorError.OfInputs(ErrorCode, InputError.At(input, null, sentence)));
}
