namespace Hub.Storage;

/// <summary>
/// The workspace that a use case acts in, and the only one whose rows it may see. There is one workspace so far, and the tables name none; when there are
/// more, every row names its own and <see cref="HubDatabase.For"/> lets only those of the scope be seen.
/// </summary>
public sealed record WorkspaceScope
{
    /// <summary>What the one workspace is called, where secrets are bound to it and calls are counted for it.</summary>
    public const string DefaultWorkspace = "default";

    private WorkspaceScope(string workspace) => Workspace = workspace;

    public static WorkspaceScope Default { get; } = new(DefaultWorkspace);

    public string Workspace { get; }
}
