using Hub.Fields;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Hub.Api.Errors;

/// <summary>Says of a request that no address takes what it looked for, and what was likely meant.</summary>
internal sealed class UnknownAddress(EndpointDataSource endpoints)
{
    private const int LongestShown = 100;

    public (string Code, string Detail) NotFound(HttpRequest request)
    {
        var segments = request.Path.Value?.Trim('/').Split('/') ?? [];
        foreach (var route in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (MalformedIn(route.RoutePattern, segments) is { } malformed)
            {
                return malformed;
            }
        }

        return ("not_found", $"There is nothing at {Shown(request)}. All addresses are listed at /docs.");
    }

    public static string WrongMethod(HttpRequest request, string allowed) =>
        $"{Capital(Shown(request))} does not take {Characters.CutUnits(request.Method, LongestShown)}. It takes {allowed}.";

    /// <summary>The one segment that keeps the path from being the route's; null when it is another path altogether.</summary>
    private static (string Code, string Detail)? MalformedIn(RoutePattern pattern, string[] segments)
    {
        if (pattern.PathSegments.Count != segments.Length)
        {
            return null;
        }

        (string, string)? malformed = null;
        for (var i = 0; i < segments.Length; i++)
        {
            switch (pattern.PathSegments[i].Parts)
            {
                case [RoutePatternLiteralPart literal] when !literal.Content.Equals(segments[i], StringComparison.OrdinalIgnoreCase):
                    return null;
                case [RoutePatternParameterPart parameter]:
                    malformed ??= ErrorOf(parameter, segments[i]);
                    break;
            }
        }

        return malformed;
    }

    private static (string, string)? ErrorOf(RoutePatternParameterPart parameter, string given)
    {
        var shown = Characters.CutUnits(given, LongestShown);
        return Is(parameter, "guid") && !Guid.TryParse(given, out _) ? ("id_malformed", $"'{shown}' is no id. Ids look like {IdText.Example}.")
            : Is(parameter, "int") && !int.TryParse(given, out _) ? ("not_found", $"'{shown}' is no {parameter.Name}. Give a whole number.")
            : null;
    }

    private static bool Is(RoutePatternParameterPart parameter, string constraint) => parameter.ParameterPolicies.Any(policy => policy.Content == constraint);

    /// <summary>What lies outside the API may hold the token of a Source, and is not repeated.</summary>
    private static string Shown(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? Characters.CutUnits(request.Path.Value!, LongestShown) : "this address";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
