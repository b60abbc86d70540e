using System.Reflection;
using Hub.Api.Errors;
using Hub.Fields;
using Hub.Routing.Conditions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hub.Api;

/// <summary>
/// Holds a request's query against what its operation takes, before anything is bound. Ignored, a misspelt filter would give everything, and a second value
/// or one out of range something else than was asked for.
/// </summary>
internal static class QueryRules
{
    private const int LongestName = 50;

    public static TBuilder KnowsItsQuery<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Finally(static endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RequestDelegate: { } answer } route && route.Metadata.OfType<MethodInfo>().LastOrDefault() is { } operation)
            {
                var known = QueryParameter.Of(operation, route.RoutePattern);
                route.RequestDelegate = context => ProblemOf(context.Request.Query, known) is { } problem ? problem.ExecuteAsync(context) : answer(context);
            }
        });
        return endpoints;
    }

    private static ProblemHttpResult? ProblemOf(IQueryCollection query, Dictionary<string, QueryParameter> known)
    {
        foreach (var (name, values) in query)
        {
            if (!known.TryGetValue(name, out var parameter))
            {
                return Unknown(name, known);
            }

            if (values.Count > 1)
            {
                return Problems.OfParameter(
                    "parameter_repeated",
                    parameter.Name,
                    $"The parameter '{parameter.Name}' is given {values.Count} times. Give it once."
                );
            }

            if (!string.IsNullOrEmpty(values[0]) && parameter.WantedInsteadOf(values[0]!) is { } wanted)
            {
                return BindingError.OfValue(parameter.Name, values[0]!, wanted);
            }
        }

        return null;
    }

    private static ProblemHttpResult Unknown(string name, Dictionary<string, QueryParameter> known)
    {
        var shown = Characters.CutUnits(name, LongestName);
        var meant = NearestName.Find(name, known.Keys) is { } nearest ? $"Did you mean '{nearest}'? " : "";
        return Problems.OfParameter(
            "parameter_unknown",
            shown,
            $"There is no query parameter '{shown}' here. {meant}"
                + (known.Count == 0 ? "This address takes none." : $"Known are {string.Join(", ", known.Keys)}.")
        );
    }
}
