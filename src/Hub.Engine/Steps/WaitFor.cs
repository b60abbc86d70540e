using Hub.Storage.Journal;

namespace Hub.Engine.Steps;

/// <summary>What a step rests for: there are these kinds and no others.</summary>
public abstract record WaitFor
{
    private WaitFor(TimeSpan longest, Awaited? awaited) => (Longest, Awaited) = (longest, awaited);

    /// <summary>When it goes on in any case.</summary>
    public TimeSpan Longest { get; }

    /// <summary>What may end the rest before; null when only time does.</summary>
    public Awaited? Awaited { get; }

    public sealed record Time(TimeSpan For) : WaitFor(For, null);

    /// <summary>A signal from outside, such as a callback or a decision.</summary>
    public sealed record Signal(Guid Id, TimeSpan Timeout) : WaitFor(Timeout, new Awaited(AwaitedKind.Signal, Id));

    /// <summary>The end of an execution that the step started.</summary>
    /// <param name="LookAgain">After this the step looks for itself: whoever should have told of the end may have died.</param>
    public sealed record Child(Guid Execution, TimeSpan LookAgain) : WaitFor(LookAgain, new Awaited(AwaitedKind.Child, Execution));
}
