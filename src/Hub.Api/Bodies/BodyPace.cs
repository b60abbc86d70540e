namespace Hub.Api.Bodies;

/// <summary>How fast one body comes. The one who reads it says how much there is; the one who looks keeps samples of that.</summary>
internal sealed class BodyPace : IDisposable
{
    /// <summary>Samples in a window.</summary>
    public const int Steps = 4;

    private readonly SlowBodies _owner;
    private readonly CancellationTokenSource _cut = new();
    private readonly (long At, long Received)[] _samples = new (long, long)[Steps + 1];
    private long _received;
    private int _looks;

    internal BodyPace(SlowBodies owner, long begunAt)
    {
        (_owner, BegunAt) = (owner, begunAt);
        Array.Fill(_samples, (begunAt, 0));
    }

    public long BegunAt { get; }

    /// <summary>Cancelled when the body is not to be waited for any longer.</summary>
    public CancellationToken Cut => _cut.Token;

    internal long Received => Volatile.Read(ref _received);

    public void Note(long received) => Volatile.Write(ref _received, received);

    /// <summary>Keeps a sample, and gives the one of a window before it, or the beginning.</summary>
    internal (long At, long Received) Sample(long now, long received)
    {
        _samples[_looks++ % _samples.Length] = (now, received);
        return _samples[_looks % _samples.Length];
    }

    /// <summary>Not within the call: whoever waits goes on elsewhere.</summary>
    internal void CutOff() => _ = _cut.CancelAsync();

    public void Dispose() => _owner.Forget(this);
}
