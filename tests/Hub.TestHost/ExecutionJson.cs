using System.Text.Json;

namespace Hub.TestHost;

/// <summary>Reading an execution's JSON.</summary>
public static class ExecutionJson
{
    public static string Status(this JsonElement execution) => execution.GetProperty("status").GetString()!;

    public static JsonElement Step(this JsonElement execution, string id) =>
        execution.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == id);

    /// <summary>The states of the steps in document order, such as <c>a:completed b:skipped</c>.</summary>
    public static string StepStates(this JsonElement execution) =>
        string.Join(' ', execution.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("id").GetString()}:{step.Status()}"));
}
