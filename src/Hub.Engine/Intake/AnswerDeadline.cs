namespace Hub.Engine.Intake;

/// <summary>Until when a request must have its answer. Whatever a driver does about cancelling, who waits here waits no longer.</summary>
public readonly struct AnswerDeadline
{
    private readonly TimeProvider _time;
    private readonly long _since;
    private readonly TimeSpan _within;

    private AnswerDeadline(TimeProvider time, long since, TimeSpan within) => (_time, _since, _within) = (time, since, within);

    /// <summary>What is left, zero when it is over.</summary>
    public TimeSpan Left => _within - _time.GetElapsedTime(_since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    public static AnswerDeadline Begin(TimeProvider time, TimeSpan within) => new(time, time.GetTimestamp(), within);

    /// <summary>The hub waited for the sender so long, which does not count.</summary>
    public AnswerDeadline After(TimeSpan pause) => new(_time, _since, _within + pause);

    /// <summary>Waits for something that goes on without the one who waits.</summary>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public ValueTask<T> WaitAsync<T>(ValueTask<T> work) => work.IsCompleted ? work : new(work.AsTask().WaitAsync(Left, _time));

    /// <inheritdoc cref="WaitAsync{T}(ValueTask{T})"/>
    public Task WaitAsync(Task work) => work.IsCompleted ? work : work.WaitAsync(Left, _time);

    /// <inheritdoc cref="WaitAsync{T}(ValueTask{T})"/>
    public Task<T> WaitAsync<T>(Task<T> work) => work.IsCompleted ? work : work.WaitAsync(Left, _time);
}
