using System.IO.Pipelines;

namespace Hub.Api.Bodies;

/// <summary>How fast one body comes. The one who reads it says how much there is; the one who looks keeps samples of that.</summary>
internal sealed class BodyPace : IDisposable
{
    /// <summary>Samples in a window.</summary>
    public const int Steps = 4;

    private readonly SlowBodies _owner;
    private readonly PipeReader _body;
    private readonly (long At, long Received)[] _samples = new (long, long)[Steps + 1];
    private long _received;
    private int _looks;
    private volatile bool _isCut;

    internal BodyPace(SlowBodies owner, PipeReader body, long begunAt)
    {
        (_owner, _body, BegunAt) = (owner, body, begunAt);
        Array.Fill(_samples, (begunAt, 0));
    }

    public long BegunAt { get; }

    /// <summary>Whether the body is not to be waited for any longer.</summary>
    public bool IsCut => _isCut;

    internal long Received => Volatile.Read(ref _received);

    public void Note(long received) => Volatile.Write(ref _received, received);

    /// <summary>Keeps a sample, and gives the one of a window before it, or the beginning.</summary>
    internal (long At, long Received) Sample(long now, long received)
    {
        _samples[_looks++ % _samples.Length] = (now, received);
        return _samples[_looks % _samples.Length];
    }

    /// <summary>Ends the read that is pending, or else the next, as the server asks for: a read that is merely abandoned counts as pending for ever.</summary>
    internal void CutOff()
    {
        _isCut = true;
        _body.CancelPendingRead();
    }

    public void Dispose() => _owner.Forget(this);
}
