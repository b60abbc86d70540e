namespace Hub.Routing.Conditions.Operators;

/// <summary>All operators, by the name that documents use.</summary>
internal static class ConditionOperators
{
    public static IReadOnlyList<ConditionOperator> All { get; } =
    [
        new EqualsOperator("equals", negated: false),
        new EqualsOperator("not_equals", negated: true),
        new OrderOperator("greater_than", order => order > 0),
        new OrderOperator("greater_than_or_equal", order => order >= 0),
        new OrderOperator("less_than", order => order < 0),
        new OrderOperator("less_than_or_equal", order => order <= 0),
        new InstantOperator("before", order => order < 0),
        new InstantOperator("after", order => order > 0),
        new ContainsOperator(),
        new AffixOperator("starts_with", (text, affix, texts) => text.StartsWith(affix, texts)),
        new AffixOperator("ends_with", (text, affix, texts) => text.EndsWith(affix, texts)),
        new MatchesOperator(),
        new InOperator(),
        new ExistsOperator(),
        new IsEmptyOperator(),
        new IsTypeOperator(),
    ];

    public static ConditionOperator? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
