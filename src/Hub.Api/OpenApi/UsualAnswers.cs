using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>The refusals that an operation may give for what it is, so that each one names only those of its own, such as 422.</summary>
internal static class UsualAnswers
{
    public static void AddTo(OpenApiDocument document)
    {
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations?.ToArray() ?? [])
            {
                var wantsKey = path.StartsWith("/api/", StringComparison.Ordinal);
                Add(operation, wantsKey, wantsKey && method != HttpMethod.Get, document);
            }
        }
    }

    private static void Add(OpenApiOperation operation, bool wantsKey, bool changes, OpenApiDocument document)
    {
        operation.Responses ??= [];
        foreach (var (status, description) in AnswersOf(operation, wantsKey, changes))
        {
            operation.Responses.TryAdd(
                status,
                new OpenApiResponse
                {
                    Description = description,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("ProblemDetails", document) },
                    },
                }
            );
        }
    }

    private static IEnumerable<(string Status, string Description)> AnswersOf(OpenApiOperation operation, bool wantsKey, bool changes)
    {
        yield return ("400", "The request is not as it should be; 'errors' names the places.");
        yield return ("500", "Something went wrong in the hub; its log says what.");
        yield return ("503", "The hub or its database cannot answer now. Try again after Retry-After.");
        if (wantsKey)
        {
            yield return ("401", "The admin key is missing or wrong.");
            yield return ("429", "Too many wrong keys came from this address.");
        }

        if (changes)
        {
            yield return ("409", "It does not go with what there is; 'code' says what stands in the way.");
        }

        if (operation.Parameters?.Any(static parameter => parameter.In == ParameterLocation.Path) is true)
        {
            yield return ("404", "There is none with this id.");
        }

        if (operation.RequestBody is not null)
        {
            yield return ("408", "The body came too slowly.");
            yield return ("413", "The body is too large.");
            yield return ("415", "The body is of a type that is not taken here.");
        }
    }
}
