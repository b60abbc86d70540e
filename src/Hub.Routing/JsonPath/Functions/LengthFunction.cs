using System.Text.Json;
using Hub.Routing.JsonPath.Evaluation;
using Hub.Routing.JsonPath.Syntax;
using Hub.Routing.JsonPath.Text;

namespace Hub.Routing.JsonPath.Functions;

/// <summary><c>length(value)</c>: characters of a string, items of an array, members of an object; Nothing for the rest.</summary>
internal sealed class LengthFunction(ValueExpression argument) : ValueExpression
{
    private const int BytesPerCharge = 64;

    public override FilterValue Evaluate(QueryRun run, JsonElement current)
    {
        var value = argument.Evaluate(run, current);
        return value.Kind switch
        {
            JsonValueKind.String => FilterValue.Of(Characters(run, value.Element)),
            JsonValueKind.Array => FilterValue.Of(value.Element.GetArrayLength()),
            JsonValueKind.Object => FilterValue.Of(value.Element.GetPropertyCount()),
            _ => default,
        };
    }

    private static int Characters(QueryRun run, JsonElement text)
    {
        var raw = JsonStrings.RawOf(text);
        run.Charge(raw.Length / BytesPerCharge);
        return JsonStrings.Length(raw);
    }
}
