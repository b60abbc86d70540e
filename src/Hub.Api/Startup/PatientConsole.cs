using System.Text;

namespace Hub.Api.Startup;

/// <summary>
/// Standard output as the hub uses it: nobody who writes a line waits for it or fails by it. A thread of its own writes; what a full disk or a pipe that
/// nobody reads does not take is dropped and counted, and the count is written as soon as there is room.
/// </summary>
internal sealed class PatientConsole : TextWriter
{
    /// <summary>Characters that may wait.</summary>
    public const int Room = 1 << 20;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static readonly Lock Installing = new();
    private static readonly List<PatientConsole> Installed = [];

    private readonly Queue<string> _waiting = new();
    private readonly Stream _output;
    private int _waitingChars;
    private long _dropped;
    private bool _isWriting;

    internal PatientConsole(Stream output)
    {
        _output = output;
        new Thread(WriteAll) { IsBackground = true, Name = "console" }.Start();
    }

    public override Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Puts itself before this process's output and error stream, once.</summary>
    public static void Install()
    {
        lock (Installing)
        {
            if (Installed.Count == 0)
            {
                Installed.Add(new PatientConsole(Console.OpenStandardOutput()));
                Installed.Add(new PatientConsole(Console.OpenStandardError()));
                Console.SetOut(Installed[0]);
                Console.SetError(Installed[1]);
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => Finish();
            }
        }
    }

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine(string? value) => Write(value + NewLine);

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        lock (_waiting)
        {
            // One that is larger than all the room still goes when it is the only one.
            if (_waitingChars > 0 && _waitingChars + value.Length > Room)
            {
                _dropped++;
                return;
            }

            _waiting.Enqueue(value);
            _waitingChars += value.Length;
            Monitor.PulseAll(_waiting);
        }
    }

    /// <summary>Nothing to do: what was written is on its way.</summary>
    public override void Flush() { }

    internal void WaitUntilWritten(long until)
    {
        lock (_waiting)
        {
            while ((_waiting.Count > 0 || _isWriting) && until - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_waiting, (int)left);
            }
        }
    }

    /// <summary>The last words of the process are still written, unless that takes too long.</summary>
    private static void Finish()
    {
        var until = Environment.TickCount64 + (long)LastWords.TotalMilliseconds;
        foreach (var console in Installed)
        {
            console.WaitUntilWritten(until);
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            var (text, dropped) = Next();
            var isWritten = TryWrite(
                dropped == 0 ? text : $"({dropped} messages were dropped here: nobody read them in time, or the disk was full){NewLine}{text}"
            );
            lock (_waiting)
            {
                _isWriting = false;
                _dropped += isWritten ? 0 : dropped + 1;
                Monitor.PulseAll(_waiting);
            }
        }
    }

    private (string Text, long Dropped) Next()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                Monitor.Wait(_waiting);
            }

            var next = (_waiting.Dequeue(), _dropped);
            _waitingChars -= next.Item1.Length;
            (_dropped, _isWriting) = (0, true);
            return next;
        }
    }

    private bool TryWrite(string text)
    {
        try
        {
            _output.Write(Encoding.GetBytes(text));
            _output.Flush();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }
}
