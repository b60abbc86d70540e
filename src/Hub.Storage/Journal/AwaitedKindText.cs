namespace Hub.Storage.Journal;

internal static class AwaitedKindText
{
    /// <summary>The word used in the table.</summary>
    public static string Of(AwaitedKind kind) => kind == AwaitedKind.Signal ? "signal" : "child";

    public static AwaitedKind Parse(string text) =>
        text switch
        {
            "signal" => AwaitedKind.Signal,
            "child" => AwaitedKind.Child,
            _ => throw new FormatException($"'{text}' is nothing that a step can wait for"),
        };
}
