namespace Hub.Routing.Workflows.Triggers;

/// <summary>The kinds of triggers that there are, each a file beside this one.</summary>
internal static class TriggerKinds
{
    public static IReadOnlyList<ITriggerKind> All { get; } = [new WebhookTrigger(), new ManualTrigger()];

    /// <summary>Each name in quotes, for remedies.</summary>
    public static string Names { get; } = string.Join(" or ", All.Select(kind => $"\"{kind.Type}\""));

    /// <summary>A trigger of each kind, for remedies.</summary>
    public static string Examples { get; } = string.Join(" or ", All.Select(kind => kind.Example));
}
