using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Hub.Routing.Conditions;

/// <summary>Deep equality: types never convert, numbers by value, object members in any order.</summary>
internal static class JsonEquality
{
    public static bool Equal(in Comparand left, in Comparand right, StringComparison texts)
    {
        if (left.IsAbsent || right.IsAbsent)
        {
            return false;
        }

        if (!left.IsList && !right.IsList)
        {
            return Equal(left.Element, right.Element, texts);
        }

        return left.IsArray && right.IsArray && left.Count == right.Count && SameItems(left.Items(), right.Items(), texts);
    }

    public static bool Equal(JsonElement left, JsonElement right, StringComparison texts)
    {
        // Data this deep does not come out of a JSON parser with its usual limit; it is called different rather than risking the stack.
        if (left.ValueKind != right.ValueKind || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        return left.ValueKind switch
        {
            JsonValueKind.String => string.Equals(JsonText.Read(left), JsonText.Read(right), texts),
            JsonValueKind.Number => JsonNumber.Compare(left, right) == 0,
            JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength() && SameItems(left.EnumerateArray(), right.EnumerateArray(), texts),
            JsonValueKind.Object => left.GetPropertyCount() == right.GetPropertyCount() && SameMembers(left, right, texts),
            _ => true,
        };
    }

    private static bool SameItems(IEnumerable<JsonElement> left, IEnumerable<JsonElement> right, StringComparison texts)
    {
        foreach (var (a, b) in left.Zip(right))
        {
            if (!Equal(a, b, texts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameMembers(JsonElement left, JsonElement right, StringComparison texts)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in right.EnumerateObject())
        {
            members[JsonText.ReadName(member)] = member.Value;
        }

        foreach (var member in left.EnumerateObject())
        {
            if (!members.TryGetValue(JsonText.ReadName(member), out var other) || !Equal(member.Value, other, texts))
            {
                return false;
            }
        }

        return true;
    }
}
