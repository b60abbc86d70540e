namespace Hub.Routing.Workflows.Reading;

/// <summary>Collects faults up to a limit, so that a hostile document cannot make the answer large.</summary>
internal sealed class FaultList
{
    private readonly List<(int Step, WorkflowFault Fault)> _faults = [];
    private bool _overflowed;

    public bool IsFull => _faults.Count >= WorkflowLimits.Faults;

    public bool HasErrors { get; private set; }

    public void Error(string code, JsonPlace place, string message, string remedy) => Add(code, FaultSeverity.Error, place, message, remedy);

    public void Warning(string code, JsonPlace place, string message, string remedy) => Add(code, FaultSeverity.Warning, place, message, remedy);

    /// <summary>The faults in the order of the steps they lie in; those outside of steps come first.</summary>
    public IReadOnlyList<WorkflowFault> ToArray()
    {
        var faults = _faults.OrderBy(each => each.Step).Select(each => each.Fault);
        return [.. _overflowed ? faults.Append(Overflow) : faults];
    }

    private static WorkflowFault Overflow { get; } =
        new(
            FaultCodes.TooManyFaults,
            FaultSeverity.Error,
            string.Empty,
            "document",
            $"The document has more than {WorkflowLimits.Faults} faults; the rest is not listed.",
            "Correct the ones listed and check again."
        );

    private void Add(string code, FaultSeverity severity, JsonPlace place, string message, string remedy)
    {
        HasErrors |= severity == FaultSeverity.Error || IsFull;
        if (IsFull)
        {
            _overflowed = true;
            return;
        }

        _faults.Add((place.StepIndex(), new WorkflowFault(code, severity, place.Pointer(), place.Path(), message, remedy)));
    }
}
