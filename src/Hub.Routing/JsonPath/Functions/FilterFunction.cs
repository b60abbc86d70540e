using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Functions;

/// <summary>What a function takes; a singular query serves as both.</summary>
internal enum ParameterType
{
    Value,
    Nodes,
}

/// <summary>A function extension (RFC 9535, section 2.4): what it takes and how a call becomes a part of a filter.</summary>
internal sealed record FilterFunction(string Name, ParameterType[] Parameters, Func<FilterExpression[], FilterExpression> Bind);
