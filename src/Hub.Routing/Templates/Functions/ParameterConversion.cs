using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Functions;

/// <summary>Turns an argument into what its parameter declares.</summary>
internal static class ParameterConversion
{
    public static object? Convert(RenderState state, object? value, ParameterKind kind, int at)
    {
        switch (kind)
        {
            case ParameterKind.Any:
                return value;
            case ParameterKind.Plain:
                return WrittenNumber.Plain(value);
            case ParameterKind.Text:
                return Formatting.ToTextOrNull(state, value);
            case ParameterKind.OptionalInteger when value is null:
            case ParameterKind.OptionalDate when value is null:
                return null;
            case ParameterKind.Integer or ParameterKind.OptionalInteger:
                return Conversions.ToInt(value) ?? throw Mismatch(state, value, "int", at);
            case ParameterKind.Number:
                var number = Conversions.ToDouble(value) ?? throw Mismatch(state, value, "double", at);
                return double.IsFinite(number) ? number : throw state.Error(at, Numbers.NotFinite);
            case ParameterKind.Boolean:
                return Boxes.Of(Conversions.ToBool(value));
            case ParameterKind.List:
                return value is null ? null : Conversions.ToList(state, value) ?? throw Mismatch(state, value, "a list", at);
            case ParameterKind.Object:
                return value is null or ObjectValue ? value
                    : value is EmptyValue ? new ObjectValue()
                    : throw Mismatch(state, value, "an object", at);
            default:
                // A text that is a date is taken as one: dates are texts in JSON.
                return value is DateValue ? value
                    : value is string text && DateParsing.Parse(text, null, null) is { } date ? date
                    : throw Mismatch(state, value, "a date", at);
        }
    }

    private static TemplateException Mismatch(RenderState state, object? value, string wanted, int at) =>
        state.Error(at, $"Unable to convert type `{Formatting.KindOf(value)}` to {wanted}");
}
