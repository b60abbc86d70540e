namespace Hub.Routing.Workflows.Reading;

/// <summary>Collects errors up to a limit, so that a hostile document cannot make the answer large.</summary>
internal sealed class ErrorList
{
    private readonly List<(int Step, WorkflowError Error)> _errors = [];
    private bool _overflowed;

    public bool IsFull => _errors.Count >= WorkflowLimits.Errors;

    public bool HasErrors { get; private set; }

    public void Error(string code, JsonPlace place, string message, string remedy) => Add(code, ErrorSeverity.Error, place, message, remedy);

    public void Warning(string code, JsonPlace place, string message, string remedy) => Add(code, ErrorSeverity.Warning, place, message, remedy);

    /// <summary>The errors in the order of the steps they lie in; those outside of steps come first.</summary>
    public IReadOnlyList<WorkflowError> ToArray()
    {
        var errors = _errors.OrderBy(each => each.Step).Select(each => each.Error);
        return [.. _overflowed ? errors.Append(Overflow) : errors];
    }

    private static WorkflowError Overflow { get; } =
        new(
            ErrorCodes.TooManyErrors,
            ErrorSeverity.Error,
            string.Empty,
            "document",
            $"The document has more than {WorkflowLimits.Errors} errors; the rest is not listed.",
            "Correct the ones listed and check again."
        );

    private void Add(string code, ErrorSeverity severity, JsonPlace place, string message, string remedy)
    {
        HasErrors |= severity == ErrorSeverity.Error || IsFull;
        if (IsFull)
        {
            _overflowed = true;
            return;
        }

        _errors.Add((place.StepIndex(), new WorkflowError(code, severity, place.Pointer(), place.Path(), message, remedy)));
    }
}
