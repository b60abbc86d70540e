using System.Text;
using System.Text.Json;
using Hub.Engine.Executions;
using Hub.Engine.Writing;
using Hub.Routing.Workflows;
using Hub.Storage.Journal;

namespace Hub.Operations.Executions;

/// <summary>Says why a step was skipped: which of its incoming edges were not taken, and what decided so.</summary>
internal static class SkippedStep
{
    /// <summary>
    /// <c>{ notTaken: [{ after, message, because }] }</c>; <c>because</c> is the condition of the <c>if</c> or <c>switch</c> before it, as explained there.
    /// </summary>
    public static string Why(StepDefinition skipped, IReadOnlyDictionary<string, ExecutionStep> recorded) =>
        Encoding.UTF8.GetString(
            ThreadWriter
                .WriteJson(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteStartArray("notTaken");
                    foreach (var edge in skipped.After)
                    {
                        if (recorded.GetValueOrDefault(edge.StepId) is { } before && MessageOf(edge, before) is { } message)
                        {
                            Write(writer, edge, before, message);
                        }
                    }

                    writer.WriteEndArray();
                    writer.WriteEndObject();
                })
                .Span
        );

    /// <summary>Null when the edge was taken, or is not decided yet.</summary>
    private static string? MessageOf(StepReference edge, ExecutionStep before) =>
        before.Status switch
        {
            StepStatus.Skipped => $"'{before.StepId}' was skipped itself.",
            StepStatus.Failed when edge.Port != StepReference.ErrorPort => $"'{before.StepId}' failed.",
            StepStatus.Completed when edge.Port == StepReference.ErrorPort => $"'{before.StepId}' did not fail.",
            StepStatus.Completed when edge.Port is not null && edge.Port != before.Port => before.Port is null
                ? $"'{before.StepId}' took no port: no case holds, and there is no default."
                : $"'{before.StepId}' took the port '{before.Port}', not '{edge.Port}'.",
            _ => null,
        };

    private static void Write(Utf8JsonWriter writer, StepReference edge, ExecutionStep before, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("after", edge.ToString());
        writer.WriteString("message", message);
        if (before is { Status: StepStatus.Completed, Why: { } why })
        {
            using var decision = JsonDocument.Parse(why, RunContext.ParseOptions);
            if (ConditionOf(decision.RootElement, edge.Port) is { } condition)
            {
                writer.WritePropertyName("because");
                condition.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Of an <c>if</c> its condition, of a <c>switch</c> that of the port's case, when it was looked at.</summary>
    private static JsonElement? ConditionOf(JsonElement decision, string? port)
    {
        if (decision.TryGetProperty("when", out var when))
        {
            return when;
        }

        return decision.TryGetProperty("cases", out var cases)
            ? cases
                .EnumerateArray()
                .Where(each => each.GetProperty("port").GetString() == port)
                .Select(each => (JsonElement?)each.GetProperty("when"))
                .FirstOrDefault()
            : null;
    }
}
