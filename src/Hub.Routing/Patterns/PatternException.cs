namespace Hub.Routing.Patterns;

/// <summary>A pattern that cannot be used; the message says where it is wrong and what to do.</summary>
internal sealed class PatternException(string message) : FormatException(message);
