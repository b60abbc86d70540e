using System.Collections.Frozen;
using Hub.Routing.JsonPath.Syntax;

namespace Hub.Routing.JsonPath.Functions;

/// <summary>The functions that queries may call.</summary>
internal static class FunctionCatalog
{
    private static readonly FrozenDictionary<string, FilterFunction> s_functions = new FilterFunction[]
    {
        new("length", [ParameterType.Value], a => new LengthFunction((ValueExpression)a[0])),
        new("count", [ParameterType.Nodes], a => new CountFunction((NodesExpression)a[0])),
        new("value", [ParameterType.Nodes], a => new ValueFunction((NodesExpression)a[0])),
        new("match", [ParameterType.Value, ParameterType.Value], a => new RegexpFunction((ValueExpression)a[0], (ValueExpression)a[1], isWhole: true)),
        new("search", [ParameterType.Value, ParameterType.Value], a => new RegexpFunction((ValueExpression)a[0], (ValueExpression)a[1], isWhole: false)),
    }.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => s_functions.Keys.Order(StringComparer.Ordinal);

    public static FilterFunction? Find(string name) => s_functions.GetValueOrDefault(name);
}
