namespace Hub.Routing.Workflows;

/// <summary>The steps that steer an execution; every other step is a connector action.</summary>
public static class FlowSteps
{
    public const string If = "if";
    public const string Switch = "switch";
    public const string Set = "set";
    public const string Delay = "delay";
    public const string Log = "log";
    public const string Stop = "stop";

    public const string TruePort = "true";
    public const string FalsePort = "false";

    public static IReadOnlyList<StepTypeDescription> All { get; } =
    [
        Describe(If, "Takes the port true or false, by a condition."),
        Describe(Switch, "Takes the port of the first case whose condition holds."),
        Describe(Set, "Gives its rendered inputs as output.") with { AcceptsOtherFields = true },
        Describe(
            Delay,
            "Waits for a time or until an instant.",
            new StepField("for", StepFieldType.Duration, false) { Summary = "How long to wait, such as 10s." },
            new StepField("until", StepFieldType.Text, false) { Summary = "The instant to wait for: ISO 8601 with an offset." }),
        Describe(
            Log,
            "Writes a line into the execution's record.",
            new StepField("message", StepFieldType.Any, true),
            new StepField("level", StepFieldType.Text, false, ["debug", "info", "warning", "error"])),
        Describe(
            Stop,
            "Ends the execution.",
            new StepField("reason", StepFieldType.Text, false),
            new StepField("outcome", StepFieldType.Text, false, ["completed", "failed"])),
    ];

    /// <summary>Flow steps of the format that this version does not run.</summary>
    internal static IReadOnlyList<string> Unavailable { get; } = ["filter", "for_each", "wait_for_callback", "approval", "run_workflow", "respond"];

    public static StepTypeDescription? Find(string type) => All.FirstOrDefault(step => step.Type == type);

    /// <summary>Whether steps of this type decide between ports rather than do work.</summary>
    public static bool IsBranch(string type) => type is If or Switch;

    private static StepTypeDescription Describe(string type, string summary, params StepField[] fields) =>
        new(type, summary, fields, CredentialRequired: false, AcceptsCredential: false, OutputSchema: default);
}
