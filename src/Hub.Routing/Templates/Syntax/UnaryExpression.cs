using System.Numerics;
using Hub.Routing.Templates.Parsing;
using Hub.Routing.Templates.Running;
using Hub.Routing.Templates.Values;

namespace Hub.Routing.Templates.Syntax;

internal enum UnaryOperator : byte
{
    Not,
    Negate,
    Plus,
    Alias,
    Expand,
}

/// <summary><c>! - + @ ^</c> before an expression.</summary>
internal sealed class UnaryExpression(UnaryOperator op, Expression operand) : Expression
{
    public UnaryOperator Operator { get; } = op;

    public override object? Evaluate(RenderState state)
    {
        if (Operator == UnaryOperator.Alias)
        {
            return operand.EvaluateUncalled(state);
        }

        var value = operand.Evaluate(state);
        return Operator switch
        {
            UnaryOperator.Not => Boxes.Of(!Conversions.ToBool(value)),
            UnaryOperator.Expand => value,
            _ => Signed(state, value, Operator == UnaryOperator.Negate, operand.Start),
        };
    }

    public override void Collect(ReferenceCollector collector) => operand.Collect(collector);

    internal static object? Signed(RenderState state, object? value, bool negate, int at) =>
        WrittenNumber.Plain(value) switch
        {
            long number => !negate ? Boxes.Of(number)
            : number == long.MinValue ? -(BigInteger)number
            : Boxes.Of(-number),
            double number => negate ? -number : number,
            float number => negate ? -number : number,
            decimal number => negate ? -number : number,
            BigInteger number => negate ? state.Charged(-number) : number,
            _ => throw state.Error(at, $"Unexpected value of kind {Formatting.KindOf(value)}. Cannot negate(-)/positive(+) a non-numeric value"),
        };
}
