namespace Hub.Routing.JsonPath.Regexps;

/// <summary>A pattern is not an I-Regexp; caught where patterns are compiled.</summary>
internal sealed class IRegexpException(string message) : FormatException(message);
