namespace Hub.Routing.Workflows.Reading;

/// <summary>The names that leave a step, and how names of steps and ports look.</summary>
internal static class StepPorts
{
    public const string NameForm = "a letter or underscore, then up to 63 letters, digits, underscores and hyphens";

    /// <summary>The ports of a branching step without <c>error</c>; none for other steps.</summary>
    public static IEnumerable<string> Branches(StepDefinition step) =>
        step.Type switch
        {
            FlowSteps.If => [FlowSteps.TruePort, FlowSteps.FalsePort],
            FlowSteps.Switch => step.Cases.Select(each => each.Port).Append(step.Default ?? string.Empty).Where(port => port.Length > 0).Distinct(),
            _ => [],
        };

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64 && !char.IsAsciiDigit(text[0]) && text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
