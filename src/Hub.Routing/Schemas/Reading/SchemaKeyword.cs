using Hub.Routing.Schemas.Checking;

namespace Hub.Routing.Schemas.Reading;

/// <summary>A keyword, or several that make one rule together.</summary>
/// <param name="Read">Makes the rules of a schema that has at least one of the names.</param>
internal sealed record SchemaKeyword(IReadOnlyList<string> Names, Func<SchemaObject, IEnumerable<SchemaRule>> Read);
