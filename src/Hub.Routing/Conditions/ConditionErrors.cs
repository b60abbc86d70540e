namespace Hub.Routing.Conditions;

/// <summary>What was found wrong with a condition, up to a number that nobody reads beyond.</summary>
internal sealed class ConditionErrors
{
    private const int Most = 200;

    private readonly List<ConditionError> _all = [];

    public IReadOnlyList<ConditionError> All => _all;

    public bool AreEnough => _all.Count >= Most;

    public void Add(ConditionErrorKind kind, string pointer, string message, string remedy)
    {
        if (!AreEnough)
        {
            _all.Add(new ConditionError(kind, pointer, message, remedy));
        }
    }
}
