using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Hub.EndToEnd.Documents;

/// <summary>Does what a page says, block by block, with a hub, a terminal and a receiver of its own.</summary>
internal sealed partial class ReadmeTour(params (string Key, string Value)[] settings) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly int _receiverPort = HubProcess.FreePort();
    private readonly ShellSession _shell = new(DocumentTests.Root);
    private readonly StringBuilder _received = new();
    private readonly HubProcess _hub = new([("Hub__AdminKey", ""), .. settings]);
    private bool _isRunning;
    private Process? _receiver;
    private string _receiverProgram = "";
    private string _lastOutput = "";

    public async Task FollowAsync(MarkdownBlock block)
    {
        if (block.Lead.Contains("Stop the receiver", StringComparison.Ordinal))
        {
            await StopReceiverAsync();
        }

        if (block.Lead.Contains("Start the receiver again", StringComparison.Ordinal))
        {
            StartReceiver();
        }

        var text = Here(block.Text);
        if (StartsHub().Match(text) is { Success: true } start)
        {
            await StartHubAsync(start.Groups["settings"].Value);
            await WaitForWelcomeAsync(block, Rest(text));
        }
        else if (text.Contains("createServer", StringComparison.Ordinal))
        {
            _receiverProgram = text;
            StartReceiver();
        }
        else if (block.Language == "bash")
        {
            await RunAsync(block, text, expected: null);
        }
        else if (text.StartsWith("$ ", StringComparison.Ordinal))
        {
            await ConverseAsync(block, text);
        }
        else
        {
            await ShowAsync(block, text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopReceiverAsync();
        await _shell.DisposeAsync();
        await _hub.DisposeAsync();
    }

    /// <summary>The page with the addresses of this run.</summary>
    private string Here(string text) =>
        text.Replace("127.0.0.1:5099", $"127.0.0.1:{_receiverPort}", StringComparison.Ordinal)
            .Replace("5099", $"{_receiverPort}", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080", _hub.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);

    private async Task StartHubAsync(string settings)
    {
        if (_isRunning)
        {
            Assert.Equal(0, await _hub.InterruptAsync());
        }

        foreach (Match setting in Setting().Matches(settings))
        {
            _hub.Set(setting.Groups["name"].Value, setting.Groups["value"].Value);
        }

        _isRunning = true;
        await _hub.StartAsync();
    }

    private async Task ConverseAsync(MarkdownBlock block, string text)
    {
        foreach (Match exchange in Exchange().Matches(text))
        {
            await RunAsync(block, exchange.Groups["command"].Value, exchange.Groups["output"].Value.Trim());
        }
    }

    /// <summary>A command that only asks is repeated until it answers as the page says, as a reader would.</summary>
    private async Task RunAsync(MarkdownBlock block, string command, string? expected)
    {
        command = command.Replace("KEY=fp_...", "KEY=" + AdminKey().Match(_hub.Output).Value, StringComparison.Ordinal);
        var asksOnly = !Changes().IsMatch(command);
        for (var started = Stopwatch.GetTimestamp(); ; )
        {
            var (output, exitCode) = await _shell.RunAsync(command);
            _lastOutput = output;
            if (exitCode == 0 && (string.IsNullOrEmpty(expected) || ExpectedOutput.Matches(expected, output)))
            {
                return;
            }

            if (!asksOnly || Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail(
                    $"{block.Place}: {command}\n\nends with {exitCode}, where the page shows:\n{expected}\n\nand prints:\n{output}\n{_shell.LastComplaint}"
                );
            }

            // No signal crosses the processes: what is asked for is on its way.
            await Task.Delay(Pause);
        }
    }

    /// <summary>Output without a command: of the printed curl, of its statusUrl, or of the receiver.</summary>
    private async Task ShowAsync(MarkdownBlock block, string expected)
    {
        if (expected.StartsWith("HTTP/", StringComparison.Ordinal))
        {
            await RunAsync(block, PrintedCurl().Match(_hub.Output).Value, expected);
        }
        else if (expected.StartsWith('{'))
        {
            var statusUrl = StatusUrl().Match(_lastOutput).Groups["url"].Value;
            await RunAsync(block, $"curl -s {statusUrl}", expected);
        }
        else
        {
            await WaitForReceiverAsync(block, expected);
        }
    }

    private async Task WaitForReceiverAsync(MarkdownBlock block, string expected)
    {
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause))
        {
            string[] lines;
            lock (_received)
            {
                lines = _received.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }

            if (lines.Any(line => ExpectedOutput.Matches(expected, line)))
            {
                return;
            }

            Assert.True(
                Stopwatch.GetElapsedTime(started) < Patience,
                $"{block.Place}: the receiver should print:\n{expected}\n\nand printed:\n{string.Join('\n', lines)}"
            );
        }
    }

    private void StartReceiver()
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec " + _receiverProgram]) { RedirectStandardOutput = true, UseShellExecute = false };
        _receiver = new Process { StartInfo = start };
        _receiver.OutputDataReceived += (_, line) =>
        {
            lock (_received)
            {
                _received.AppendLine(line.Data);
            }
        };
        _receiver.Start();
        _receiver.BeginOutputReadLine();
    }

    private async Task StopReceiverAsync()
    {
        if (Interlocked.Exchange(ref _receiver, null) is { } receiver)
        {
            receiver.Kill();
            await receiver.WaitForExitAsync();
            receiver.Dispose();
        }
    }

    private async Task WaitForWelcomeAsync(MarkdownBlock block, string expected)
    {
        try
        {
            await _hub.WaitForOutputAsync(printed => expected.Length == 0 || ExpectedOutput.Matches(expected + " ...", printed));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{block.Place} shows:\n{expected}\n\nand the hub printed:\n{_hub.Output}");
        }
    }

    private static string Rest(string text) => text.Contains('\n', StringComparison.Ordinal) ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : "";

    [GeneratedRegex(@"^(\$ )?(?<settings>(Hub__\S+ )*)dotnet run --project src/Hub\.Api", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StartsHub();

    [GeneratedRegex(@"(?<name>Hub__\w+)=(?<value>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^\$ (?<command>.*)\n?(?<output>([^$].*\n?|\n)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exchange();

    [GeneratedRegex(@"-X (POST|PUT|PATCH|DELETE)| -d |^order ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Changes();

    [GeneratedRegex("fp_[0-9a-f]{48}", RegexOptions.None, 1000)]
    private static partial Regex AdminKey();

    [GeneratedRegex(@"^curl .*?-d '[^']*'", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex PrintedCurl();

    [GeneratedRegex("\"statusUrl\":\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StatusUrl();
}
