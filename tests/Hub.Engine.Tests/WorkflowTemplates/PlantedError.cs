using System.Text.Json.Nodes;

namespace Hub.Engine.Tests.WorkflowTemplates;

/// <summary>A shipped workflow with one error planted.</summary>
/// <param name="Kind">What was done to it.</param>
/// <param name="Codes">The findings that name it.</param>
internal sealed record PlantedError(string Kind, JsonObject Document, IReadOnlyList<string> Codes, string Detail);
