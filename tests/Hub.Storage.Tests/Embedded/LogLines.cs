using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Tests.Embedded;

/// <summary>Keeps what was logged at Information and above.</summary>
internal sealed class LogLines : ILogger<HubDatabase>
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _critical = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those at Critical alone.</summary>
    public IReadOnlyCollection<string> Critical => _critical;

    public string Text => string.Join('\n', _lines);

    /// <summary>Returns as soon as a line holds this.</summary>
    public async Task WaitForAsync(string part, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (Text.Contains(part, StringComparison.Ordinal))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Critical)
        {
            _critical.Enqueue(formatter(state, exception));
        }

        if (IsEnabled(logLevel))
        {
            _lines.Enqueue($"{formatter(state, exception)} {exception?.Message}");
            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
