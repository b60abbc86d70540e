namespace Hub.Routing.Conditions.Operators;

/// <summary>Deep equality; <c>not_equals</c> is always its opposite, also when something is absent.</summary>
internal sealed class EqualsOperator(string name, bool negated) : ConditionOperator(name)
{
    public override bool WhenAbsent => negated;

    public override Verdict Test(in Comparison comparison)
    {
        var (found, value) = (comparison.Found, comparison.Value);
        var equal = JsonEquality.Equal(found, value, comparison.Texts);
        var differ = !found.IsAbsent && !value.IsAbsent && found.TypeName != value.TypeName;
        return new Verdict(equal != negated, differ ? TypesDiffer(comparison).Note : null);
    }
}
