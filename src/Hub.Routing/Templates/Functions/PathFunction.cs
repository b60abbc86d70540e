using System.Text.Json;
using Hub.Routing.JsonPath;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>path "$.x"</c>: a JSONPath over the model. A singular path gives its value or null, any other an array.</summary>
internal static class PathFunction
{
    public const string Name = "path";

    public static BuiltinFunction Create() => BuiltinGroup.Function("path(text query)", a =>
        {
            JsonPathQuery query;
            try
            {
                query = JsonPathQuery.Parse(a.Text(0) ?? "");
            }
            catch (JsonPathException e)
            {
                throw a.Error(0, $"This is no JSONPath: {e.Message}");
            }

            if (query.IsSingular)
            {
                return query.TrySelectSingle(a.State.Model, out var single) ? JsonReading.ToValue(a.State, single) : null;
            }

            var found = Select(a, query);
            a.State.ChargeElements(found.Count);
            return new ArrayValue([.. found.Select(f => JsonReading.ToValue(a.State, f))]);
        });

    /// <summary>A query has limits of its own, and says itself which it reached.</summary>
    private static IReadOnlyList<JsonElement> Select(Arguments a, JsonPathQuery query)
    {
        try
        {
            return query.Select(a.State.Model);
        }
        catch (Exception e) when (e is not (TemplateException or OutOfMemoryException))
        {
            throw a.Error(0, e.Message);
        }
    }
}
