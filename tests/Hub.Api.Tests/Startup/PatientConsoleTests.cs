using Hub.Api.Startup;

namespace Hub.Api.Tests.Startup;

/// <summary>Whoever writes a line never waits for the one who reads it.</summary>
public sealed class PatientConsoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_NobodyReads_DropsAndCountsAndGoesOnWhenReadAgain()
    {
        await using var output = new Output();
        await using var console = new PatientConsole(output);
        output.Take(false);
        await WriteAsync(console, "first");
        await output.Asked.WaitAsync(TimeSpan.FromSeconds(10), Cancel);
        var line = new string('x', 1000);
        for (var i = 0; i < 3 * PatientConsole.Room / line.Length; i++)
        {
            await console.WriteLineAsync(line);
        }

        output.Take(true);
        console.WaitUntilWritten(Environment.TickCount64 + 20_000);
        await WriteAsync(console, "last");
        console.WaitUntilWritten(Environment.TickCount64 + 20_000);

        var lines = output.Text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        var kept = lines.Count(one => one == line);
        var dropped = int.Parse(
            Assert.Single(lines, one => one.Contains("messages were dropped", StringComparison.Ordinal)).Split(' ')[0].TrimStart('('),
            null
        );
        Assert.Equal("first", lines[0]);
        Assert.Equal("last", lines[^1]);
        Assert.InRange(kept, PatientConsole.Room / line.Length / 2, PatientConsole.Room / line.Length);
        Assert.Equal(3 * PatientConsole.Room / line.Length, kept + dropped);
    }

    [Fact]
    public async Task Write_DiskFull_CountsWhatIsLostAndGoesOnWhenThereIsRoom()
    {
        await using var output = new Output { IsFull = true };
        await using var console = new PatientConsole(output);
        foreach (var text in new[] { "one", "two", "three" })
        {
            await WriteAsync(console, text);
        }

        console.WaitUntilWritten(Environment.TickCount64 + 20_000);
        output.IsFull = false;
        await WriteAsync(console, "four");
        console.WaitUntilWritten(Environment.TickCount64 + 20_000);

        Assert.Equal(
            ["(3 messages were dropped here: nobody read them in time, or the disk was full)", "four"],
            output.Text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    private static Task WriteAsync(PatientConsole console, string text) => console.WriteLineAsync(text).WaitAsync(TimeSpan.FromSeconds(10), Cancel);

    /// <summary>What stands behind standard output: a pipe that can be left unread, a disk that can be full.</summary>
    private sealed class Output : MemoryStream
    {
        private readonly ManualResetEventSlim _read = new(initialState: true);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFull { get; set; }

        public Task Asked => _asked.Task;

        public string Text => Encoding.UTF8.GetString(ToArray());

        public void Take(bool isRead)
        {
            if (isRead)
            {
                _read.Set();
            }
            else
            {
                _read.Reset();
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _asked.TrySetResult();
            _read.Wait();
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer.ToArray(), 0, buffer.Length);
        }

        protected override void Dispose(bool disposing)
        {
            _read.Set();
            base.Dispose(disposing);
        }
    }
}
