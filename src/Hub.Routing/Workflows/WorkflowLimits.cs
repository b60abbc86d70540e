namespace Hub.Routing.Workflows;

/// <summary>What a workflow document may hold.</summary>
public static class WorkflowLimits
{
    public const int DocumentBytes = 1024 * 1024;
    public const int Depth = 64;
    public const int Steps = 500;
    public const int IncomingEdges = 500;
    public const int SwitchCases = 100;
    public const int NameLength = 200;
    public const int DescriptionLength = 10_000;
    public const int Attempts = 100;
    public const int DeadLetterAfter = 10_000;
    public const int Errors = 200;

    /// <summary>Parts of all templates together, as <see cref="Templates.TemplateLimits.Parts"/> counts them, and selectors of all paths.</summary>
    public const int TemplateParts = 150_000;

    public static TimeSpan Timeout { get; } = TimeSpan.FromDays(1);
    public static TimeSpan Delay { get; } = TimeSpan.FromDays(366);
    public static TimeSpan RetryDelay { get; } = TimeSpan.FromDays(7);
}
