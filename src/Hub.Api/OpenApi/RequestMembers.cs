using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hub.Api.OpenApi;

/// <summary>
/// Of what is sent to the hub, a member is required where it is marked so or cannot be null; everything else has a meaning when it is left out.
/// A required one is never null. Members beyond the named ones are described only where they are meant: those collected as Unknown are refused.
/// </summary>
internal static class RequestMembers
{
    public static Task ApplyAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var bodies = context
            .DescriptionGroups.SelectMany(static group => group.Items)
            .SelectMany(static item => item.ParameterDescriptions)
            .Where(static parameter => parameter.Source == BindingSource.Body)
            .Select(static parameter => parameter.Type);
        var seen = new HashSet<Type>();
        foreach (var body in bodies)
        {
            Apply(body, document, seen);
        }

        return Task.CompletedTask;
    }

    private static void Apply(Type type, OpenApiDocument document, HashSet<Type> seen)
    {
        if (
            !seen.Add(type)
            || document.Components?.Schemas?.TryGetValue(type.Name, out var found) is not true
            || found is not OpenApiSchema { Properties: { } members } schema
        )
        {
            return;
        }

        schema.Required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in type.GetProperties())
        {
            var name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
            if (members.TryGetValue(name, out var member) && MustBeThere(property))
            {
                schema.Required.Add(name);
                members[name] = WithoutNull(member);
            }

            if (property is { Name: "Options" } && property.IsDefined(typeof(JsonExtensionDataAttribute)))
            {
                schema.AdditionalPropertiesAllowed = true;
                schema.AdditionalProperties = new OpenApiSchema { Description = "An option of the scheme, such as 'header' of generic-hmac." };
            }

            Apply(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, document, seen);
        }
    }

    private static bool MustBeThere(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredAttribute))
        || (Nullable.GetUnderlyingType(property.PropertyType) is null && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull);

    private static IOpenApiSchema WithoutNull(IOpenApiSchema member)
    {
        if (member.OneOf is { Count: 2 } either && either.SingleOrDefault(static one => one.Type != JsonSchemaType.Null) is { } only)
        {
            return only;
        }

        if (member is OpenApiSchema { Type: { } type } schema)
        {
            schema.Type = type & ~JsonSchemaType.Null;
        }

        return member;
    }
}
