namespace Hub.Storage.Journal;

/// <summary>What a waiting step waits for.</summary>
/// <param name="Id">The signal's, or the execution's.</param>
public readonly record struct Awaited(AwaitedKind Kind, Guid Id);

public enum AwaitedKind
{
    /// <summary>A signal from outside, such as a callback or a decision.</summary>
    Signal,

    /// <summary>The end of an execution that the step started.</summary>
    Child,
}
