namespace Hub.Engine.Resilience;

/// <summary>Everything a call counts against. Used under the gate's lock.</summary>
internal readonly record struct CallRoute(CallBound Destination, CallBound Workflow, CallBound Workspace)
{
    /// <summary>The first that has no room; null when all have.</summary>
    public CallBound? FirstFull(bool isFromParking) =>
        !Destination.HasRoom(isFromParking) ? Destination
        : !Workflow.HasRoom(isFromParking) ? Workflow
        : !Workspace.HasRoom(isFromParking) ? Workspace
        : null;

    public void Take()
    {
        Destination.Take();
        Workflow.Take();
        Workspace.Take();
    }

    public void Release()
    {
        Destination.Release();
        Workflow.Release();
        Workspace.Release();
    }

    /// <summary>The one of this key; null when none has it.</summary>
    public CallBound? Find(string? key) =>
        key is null ? null
        : Destination.Key == key ? Destination
        : Workflow.Key == key ? Workflow
        : Workspace.Key == key ? Workspace
        : null;
}
