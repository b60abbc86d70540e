namespace Hub.Routing.Schemas;

/// <summary>An error of a schema as written.</summary>
/// <param name="Pointer">JSON Pointer within the schema.</param>
internal sealed record SchemaFlaw(string Pointer, string Message, string Remedy);
