using System.Text.Json;

namespace Hub.TestHost;

/// <summary>Holds JSON against a schema of the hub's description: the part of JSON Schema that is used there.</summary>
internal sealed class DescribedShape(JsonElement document)
{
    /// <summary>The first place that is not as described; null when all is.</summary>
    public string? ErrorOf(JsonElement schema, JsonElement value, string place = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return ErrorOf(Resolve(reference.GetString()!), value, place);
        }

        if (schema.TryGetProperty("oneOf", out var either) || schema.TryGetProperty("anyOf", out either))
        {
            var errors = either.EnumerateArray().Select(one => ErrorOf(one, value, place)).ToArray();
            return errors.Contains(null) ? null : errors[^1];
        }

        return TypeError(schema, value, place)
            ?? EnumError(schema, value, place)
            ?? (value.ValueKind == JsonValueKind.Object ? ObjectError(schema, value, place) : null)
            ?? (
                value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
                    ? value.EnumerateArray().Select((item, i) => ErrorOf(items, item, $"{place}[{i}]")).FirstOrDefault(static error => error is not null)
                    : null
            );
    }

    private static string? TypeError(JsonElement schema, JsonElement value, string place)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return null;
        }

        var allowed = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(static one => one.GetString()).ToArray() : [type.GetString()];
        var fits = value.ValueKind switch
        {
            JsonValueKind.Null => allowed.Contains("null"),
            JsonValueKind.True or JsonValueKind.False => allowed.Contains("boolean"),
            JsonValueKind.String => allowed.Contains("string"),
            JsonValueKind.Array => allowed.Contains("array"),
            JsonValueKind.Object => allowed.Contains("object"),
            _ => allowed.Contains("number") || (allowed.Contains("integer") && value.TryGetInt64(out _)),
        };
        return fits ? null : $"{place} is {value.ValueKind}, described as {string.Join(" or ", allowed)}";
    }

    private static string? EnumError(JsonElement schema, JsonElement value, string place) =>
        schema.TryGetProperty("enum", out var known)
        && value.ValueKind == JsonValueKind.String
        && known.EnumerateArray().All(one => one.GetString() != value.GetString())
            ? $"{place} is '{value.GetString()}', which is not among the described values"
            : null;

    private string? ObjectError(JsonElement schema, JsonElement value, string place)
    {
        if (
            schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing
        )
        {
            return $"{place} has no '{missing.GetString()}'";
        }

        var members = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : default;
        return value.EnumerateObject().Select(member => MemberError(members, others, member, place)).FirstOrDefault(static error => error is not null);
    }

    private string? MemberError(JsonElement members, JsonElement others, JsonProperty member, string place)
    {
        var at = $"{place}.{member.Name}";
        return members.ValueKind == JsonValueKind.Object && members.TryGetProperty(member.Name, out var described) ? ErrorOf(described, member.Value, at)
            : others.ValueKind == JsonValueKind.False ? $"{at} is not described"
            : others.ValueKind == JsonValueKind.Object ? ErrorOf(others, member.Value, at)
            : null;
    }

    private JsonElement Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(document, static (place, name) => place.GetProperty(name));
}
