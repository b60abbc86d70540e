namespace Hub.Routing.Schemas.Checking;

/// <summary>
/// Checking a value would go beyond <see cref="SchemaLimits"/>. It ends the check as a whole, since under <c>not</c> a mere failure would count as success.
/// </summary>
internal sealed class SchemaLimitException(string message) : Exception(message);
