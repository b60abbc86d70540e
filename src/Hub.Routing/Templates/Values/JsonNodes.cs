using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Values;

/// <summary>Makes values into nodes of JSON.</summary>
internal static class JsonNodes
{
    public static JsonNode? ToNode(RenderState state, object? value, int depth = 1)
    {
        switch (value)
        {
            case null or EmptyValue:
                return null;
            case string text:
                return JsonValue.Create(text);
            case bool flag:
                return JsonValue.Create(flag);
            case long integer:
                return JsonValue.Create(integer);
            case JsonObject { Untouched: { } source } when JsonReading.IsWellFormed(source):
                return System.Text.Json.Nodes.JsonObject.Create(source.Clone());
            case ArrayValue { Untouched: { } source } when JsonReading.IsWellFormed(source):
                return JsonArray.Create(source.Clone());
            case ListValue list:
                Formatting.CheckDepth(state, depth);
                var array = new JsonArray();
                for (var i = 0; i < list.Count; i++)
                {
                    array.Add(ToNode(state, list[i], depth + 1));
                }

                return array;
            case ObjectValue members:
                Formatting.CheckDepth(state, depth);
                var made = new System.Text.Json.Nodes.JsonObject();
                foreach (var (name, member) in members.Members)
                {
                    made[name] = ToNode(state, member, depth + 1);
                }

                return made;
            default:
                return ScalarNode(state, value);
        }
    }

    private static JsonValue ScalarNode(RenderState state, object value) =>
        value switch
        {
            double number => JsonValue.Create(Numbers.Finite(state, number)),
            float number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            DateValue date => JsonValue.Create(JsonWriting.DateText(date)),
            TimeSpan span => JsonValue.Create(span.ToString("c", CultureInfo.InvariantCulture)),
            WrittenNumber number => (JsonValue)JsonNode.Parse(number.Text)!,
            BigInteger big => (JsonValue)JsonNode.Parse(big.ToString(CultureInfo.InvariantCulture))!,
            _ => throw state.Error($"A value of kind `{Formatting.KindOf(value)}` cannot be written as JSON"),
        };
}
