namespace Hub.Routing.Conditions.Operators;

/// <summary>The path selects something, were it null.</summary>
internal sealed class ExistsOperator() : ConditionOperator("exists")
{
    public override bool TakesValue => false;

    public override bool MayIgnoreCase => false;

    public override Verdict Test(in Comparison comparison) => new(comparison.Found.IsList ? comparison.Found.Count > 0 : !comparison.Found.IsAbsent);
}
