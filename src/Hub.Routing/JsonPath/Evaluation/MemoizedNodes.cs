using System.Text.Json;

namespace Hub.Routing.JsonPath.Evaluation;

/// <summary>How many nodes an absolute query found (up to what its user needs to know) and the first of them.</summary>
internal readonly record struct MemoizedNodes(bool IsKnown, int Count, JsonElement First);
