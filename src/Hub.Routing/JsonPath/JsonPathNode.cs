using System.Text.Json;

namespace Hub.Routing.JsonPath;

/// <summary>A selected value and where it is.</summary>
/// <param name="Path">The normalized path (RFC 9535, section 2.7), itself a singular query for the same value.</param>
public readonly record struct JsonPathNode(string Path, JsonElement Value);
