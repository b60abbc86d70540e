using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hub.TestSupport;

/// <summary>Listens where a PostgreSQL is expected, answers every log-in with the same message, and keeps what it is sent after that.</summary>
public sealed class ScriptedPostgres : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _answer;
    private readonly Task _accepting;
    private readonly TaskCompletionSource<byte[]> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _logIns;

    private ScriptedPostgres(byte[] answer, int port)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int LogIns => _logIns;

    /// <summary>What the first client sent after the answer, until it hung up.</summary>
    public Task<byte[]> Reply => _reply.Task;

    /// <summary>Refuses with this SQLSTATE, as a server that still starts does with 57P03.</summary>
    public static ScriptedPostgres Refusing(string sqlState, string message, int port = 0) =>
        new(Message('E', Encoding.ASCII.GetBytes($"SFATAL\0VFATAL\0C{sqlState}\0M{message}\0\0")), port);

    /// <summary>Asks for the password in clear.</summary>
    public static ScriptedPostgres AskingForClearPassword(int port = 0) => new(Message('R', [0, 0, 0, 3]), port);

    /// <summary>Lets everybody in without asking anything.</summary>
    public static ScriptedPostgres LettingIn(int port = 0) => new([.. Message('R', [0, 0, 0, 0]), .. Message('Z', "I"u8)], port);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static byte[] Message(char type, ReadOnlySpan<byte> content)
    {
        var message = new byte[content.Length + 5];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), content.Length + 4);
        content.CopyTo(message.AsSpan(5));
        return message;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            try
            {
                await ServeAsync(client.GetStream());
            }
            catch (Exception exception) when (exception is IOException or EndOfStreamException)
            {
                // Hung up before it logged in: a look whether somebody listens.
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        // A length, then the rest of the log-in.
        var length = new byte[4];
        await stream.ReadExactlyAsync(length, _end.Token);
        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(length) - 4], _end.Token);
        Interlocked.Increment(ref _logIns);
        await stream.WriteAsync(_answer, _end.Token);
        using var reply = new MemoryStream();
        await stream.CopyToAsync(reply, _end.Token);
        _reply.TrySetResult(reply.ToArray());
    }
}
