namespace Hub.Routing.Graph;

/// <summary>How far one step of a <see cref="GraphWalk"/> has come.</summary>
public enum StepProgress : byte
{
    /// <summary>Its incoming edges are not decided yet.</summary>
    Pending,

    /// <summary>It may run, and was not yet handed out.</summary>
    Ready,

    /// <summary>Handed out by <see cref="GraphWalk.TakeReady"/>, with no outcome yet.</summary>
    Outstanding,

    Completed,
    Failed,
    Skipped,
}
