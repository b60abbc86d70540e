using System.Reflection;
using Hub.Api.Errors;
using Hub.Fields;

namespace Hub.Api;

/// <summary>Refuses query parameters that an operation does not know: ignored, a misspelt filter would give everything.</summary>
internal static class QueryNames
{
    private static readonly Type[] Simple = [typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(DateTimeOffset)];

    public static TBuilder KnowsItsQuery<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilterFactory(
            static (operation, next) =>
            {
                var known = operation.MethodInfo.GetParameters().SelectMany(NamesOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
                return call =>
                    FaultOf(call.HttpContext, known) is { } fault
                        ? ValueTask.FromResult<object?>(Problems.Create(400, "parameter_unknown", fault))
                        : next(call);
            }
        );

    private static IEnumerable<string> NamesOf(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Where(property => IsSimple(property.PropertyType)).Select(property => CamelCase(property.Name))
        : IsSimple(parameter.ParameterType) ? [parameter.Name!]
        : [];

    private static bool IsSimple(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type.GetElementType() ?? type) ?? type.GetElementType() ?? type;
        return plain.IsEnum || Simple.Contains(plain);
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string? FaultOf(HttpContext context, HashSet<string> known)
    {
        foreach (var (name, _) in context.Request.Query)
        {
            if (!known.Contains(name) || context.Request.RouteValues.ContainsKey(name))
            {
                var names = known.Where(one => !context.Request.RouteValues.ContainsKey(one)).ToList();
                var shown = Characters.CutUnits(name, 50);
                return $"There is no query parameter '{shown}' here. "
                    + $"{(names.Count == 0 ? "This address takes none." : $"Known are {string.Join(", ", names)}.")}";
            }
        }

        return null;
    }
}
