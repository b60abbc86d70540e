namespace Hub.Storage.Journal;

public static class StepStatusText
{
    private static readonly string[] Texts = ["failed", "completed", "skipped", "waiting", "retrying"];

    /// <summary>The word used in the table, in answers and on pages.</summary>
    public static string Of(StepStatus status) => Texts[(int)status];

    public static StepStatus Parse(string text) =>
        Array.IndexOf(Texts, text) is >= 0 and var index ? (StepStatus)index : throw new FormatException($"'{text}' is not a status of a step");
}
