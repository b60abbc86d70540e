using System.Collections.Frozen;
using Hub.Routing.Templates.Syntax;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>Everything that every template can name.</summary>
internal static class Builtins
{
    public static readonly FrozenDictionary<string, object?> All = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["array"] = ArrayFunctions.Create(),
        ["base64"] = HashFunctions.CreateBase64(),
        ["blank"] = EmptyValue.Instance,
        ["date"] = DateGroup.Create(),
        ["empty"] = EmptyValue.Instance,
        ["hash"] = HashFunctions.CreateHash(),
        ["html"] = HtmlFunctions.Create(),
        ["json"] = ObjectFunctions.CreateJson(),
        ["math"] = MathFunctions.Create(),
        ["object"] = ObjectFunctions.Create(),
        [PathFunction.Name] = PathFunction.Create(),
        ["raw"] = BuiltinGroup.Function("raw(any value)", a => a[0], Escaping.None),
        ["regex"] = RegexFunctions.Create(),
        ["string"] = StringFunctions.Create(),
        ["timespan"] = TimespanFunctions.Create(),
        ["url"] = UrlFunctions.Create(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static BuiltinFunction? Find(string name) => All.TryGetValue(name, out var value) ? value as BuiltinFunction : null;

    public static BuiltinFunction? Find(string group, string name) =>
        All.TryGetValue(group, out var value) && value is BuiltinGroup members && members.TryGet(name, out var member) ? member as BuiltinFunction : null;
}
