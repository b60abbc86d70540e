using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Hub.LoadBench.Load;

/// <summary>One keep-alive connection with one request under way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly WebhookRequest _request;
    private readonly byte[] _received = new byte[8192];
    private int _length;
    private long _sentAt;

    public LoadConnection(IPEndPoint target, WebhookRequest request)
    {
        _request = request;
        Socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = 10_000 };
        Socket.Connect(target);
    }

    public Socket Socket { get; }

    public void Send(long id)
    {
        _length = 0;
        _sentAt = Stopwatch.GetTimestamp();
        for (var rest = _request.WithId(id); !rest.IsEmpty; )
        {
            rest = rest[Socket.Send(rest)..];
        }
    }

    /// <summary>Takes in what has arrived: the answer's status once it is whole, else null.</summary>
    public int? Receive(out int micros)
    {
        var count = Socket.Receive(_received.AsSpan(_length));
        if (count == 0)
        {
            throw new IOException("The server closed a connection.");
        }

        _length += count;
        micros = (int)Stopwatch.GetElapsedTime(_sentAt).TotalMicroseconds;
        return StatusOf(_received.AsSpan(0, _length));
    }

    public void Dispose() => Socket.Dispose();

    private static int? StatusOf(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return null;
        }

        var status = NumberAt(answer[9..]);
        var body = answer[(head + 4)..];
        var lengthAt = answer[..head].IndexOf("Content-Length: "u8);
        var whole = lengthAt < 0 ? body.EndsWith("0\r\n\r\n"u8) : body.Length >= NumberAt(answer[(lengthAt + 16)..]);
        return whole ? status : null;
    }

    private static int NumberAt(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int number, out _) ? number : throw new InvalidDataException("The server's answer is not HTTP/1.1.");
}
