using System.Text.Json;
using Hub.Fields;
using Hub.Routing.Graph;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Steps;

/// <summary><c>log</c>: a line in the hub's log, and the same line as output.</summary>
internal sealed partial class LogStep(ILogger<LogStep> logger) : IFlowStep
{
    private const int LongestMessage = 4096;

    public string Type => "log";

    public StepOutcome Run(PlannedStep step, JsonElement input, StepScope scope)
    {
        var message = OneLine(InputText.Get(input, "message") ?? "");
        var level = InputText.Get(input, "level") switch
        {
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
        Log.Said(logger, level, scope.ExecutionId, step.Definition.Id, message);
        return new Succeeded(scope.InputText ?? input.GetRawText());
    }

    /// <summary>A payload can forge no line of the log: control characters become spaces.</summary>
    private static string OneLine(string text) => string.Create(Characters.WholeUnits(text, LongestMessage), text, static (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Message = "{ExecutionId} {StepId}: {Message}")]
        public static partial void Said(ILogger logger, LogLevel level, Guid executionId, string stepId, string message);
    }
}
