using Hub.Engine.Intake;

namespace Hub.Api.Bodies;

/// <summary>A body that was read, which holds its part of the memory until it is disposed; or why it was not.</summary>
internal readonly struct ReceivedBody : IDisposable
{
    private readonly SourceMemory? _memory;

    /// <param name="memory">Where as many bytes were taken as there are.</param>
    public ReceivedBody(byte[] bytes, SourceMemory memory) => (Bytes, _memory) = (bytes, memory);

    public ReceivedBody(BodyError error, int limit) => (Error, Limit) = (error, limit);

    /// <summary>Null when it was not read.</summary>
    public byte[]? Bytes { get; }

    /// <summary>Why it was not read.</summary>
    public BodyError Error { get; }

    /// <summary>The most that was taken, in bytes. Of a body that was not read.</summary>
    public int Limit { get; }

    public void Dispose() => _memory?.GiveBack(Bytes!.Length);
}

internal enum BodyError
{
    /// <summary>Nobody read it.</summary>
    Unread,

    TooLarge,

    /// <summary>Its Source's senders, or all, hold too much at the moment.</summary>
    NoRoom,

    /// <summary>It came too slowly, or took too long.</summary>
    TooSlow,
}
