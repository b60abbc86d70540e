using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Hub.Api;

/// <summary>A query parameter that an operation takes.</summary>
/// <param name="Range">Of a whole number: from where to where it may go. It is described so, too.</param>
internal sealed record QueryParameter(string Name, RangeAttribute? Range)
{
    private static readonly Type[] Simple = [typeof(string), typeof(Guid), typeof(int), typeof(long), typeof(double), typeof(bool), typeof(DateTimeOffset)];

    /// <summary>Those of a handler, by name; parts of the address are none.</summary>
    public static Dictionary<string, QueryParameter> Of(MethodInfo operation, RoutePattern route)
    {
        var inAddress = route.Parameters.Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return operation
            .GetParameters()
            .SelectMany(Of)
            .Where(parameter => !inAddress.Contains(parameter.Name))
            .ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What to give instead of a value that the range does not have; null when it has it, or there is none.</summary>
    public string? WantedInsteadOf(string value)
    {
        if (
            Range is not { Minimum: int least, Maximum: int most }
            || (
                value.All(char.IsAsciiDigit)
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most
            )
        )
        {
            return null;
        }

        return most == int.MaxValue ? $"a whole number of at least {least}" : $"a whole number from {least} to {most}";
    }

    private static IEnumerable<QueryParameter> Of(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Where(property => IsSimple(property.PropertyType)).Select(Of)
        : IsSimple(parameter.ParameterType) ? [new(parameter.Name!, parameter.GetCustomAttribute<RangeAttribute>())]
        : [];

    private static QueryParameter Of(PropertyInfo property) => new(CamelCase(property.Name), property.GetCustomAttribute<RangeAttribute>());

    private static bool IsSimple(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type.GetElementType() ?? type) ?? type.GetElementType() ?? type;
        return plain.IsEnum || Simple.Contains(plain);
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
