using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hub.Storage.Embedded;

/// <summary>The hub's own PostgreSQL server: started or taken over, kept running, and stopped with the hub.</summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LogCheckInterval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly EmbeddedPostgresOptions _options;
    private readonly HubLock _lock;
    private readonly ClusterStarter _starter;
    private readonly PostmasterLog _log;
    private readonly ILogger _logger;
    private readonly Task _supervision;
    private volatile PostmasterProcess _server;
    private int _disposed;

    private EmbeddedPostgres(
        EmbeddedPostgresOptions options,
        HubDataDirectory data,
        HubLock hubLock,
        ClusterDirectory cluster,
        ClusterStarter starter,
        PostmasterProcess server,
        ILogger logger
    )
    {
        (_options, _lock, _starter, _server, _logger) = (options, hubLock, starter, server, logger);
        _log = new PostmasterLog(cluster);
        DataDirectory = data;
        ClusterPath = cluster.Path;
        LogPath = cluster.LogFile;
        ConnectionString = ClusterConnection.StringFor(starter.Port, starter.Secret);
        _supervision = Task.Run(SuperviseAsync);
    }

    /// <summary>Raised when the server died unexpectedly, before it is started again: connections opened until now are dead.</summary>
    public event EventHandler? Died;

    /// <summary>Raised after the server died unexpectedly and answers again.</summary>
    public event EventHandler? Restarted;

    /// <summary>Names the hub's database and role; stays the same over restarts of the server. Holds the password: never log it.</summary>
    public string ConnectionString { get; }

    public HubDataDirectory DataDirectory { get; }

    /// <summary>Why the data directory is not this hub's own, such as that it is a copy; null when it is.</summary>
    public string? WhyStrange { get; private init; }

    public string ClusterPath { get; }

    public string LogPath { get; }

    public int ProcessId => _server.Id;

    /// <summary>Returns when the server answers. The data directory is this process's alone until disposal.</summary>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var data = HubDataDirectory.Open(options.DataDirectory);
        var hubLock = HubLock.Take(data);
        try
        {
            var strange = await new HubHome(data).WhyStrangeAsync(cancellationToken);
            var cluster = await ClusterDirectory.LocateAsync(data, strange is not null, logger, cancellationToken);
            var starter = new ClusterStarter(options, data, cluster, logger);
            var server = await starter.AdoptAsync(cancellationToken) ?? await starter.StartAsync(cancellationToken);
            return new EmbeddedPostgres(options, data, hubLock, cluster, starter, server, logger) { WhyStrange = strange };
        }
        catch
        {
            hubLock.Dispose();
            throw;
        }
    }

    /// <summary>Makes the data directory this hub's own.</summary>
    public Task SettleHomeAsync(CancellationToken cancellationToken) => new HubHome(DataDirectory).SettleAsync(cancellationToken);

    /// <summary>Stops the server, then lets go of the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _supervision;
        if (!await _server.StopAsync(_options.StopTimeout))
        {
            Log.DoesNotStop(_logger, _server.Id);
        }

        _lock.Dispose();
        _stopping.Dispose();
    }

    private async Task SuperviseAsync()
    {
        var delay = FirstDelay;
        try
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                await WatchAsync();
                Log.Died(_logger, _server.Id);
                Announce(Died);

                // One that dies again and again is started ever more slowly.
                delay = Stopwatch.GetElapsedTime(started) > Settled ? FirstDelay : Longer(delay);
                while (!await TryRestartAsync())
                {
                    await Task.Delay(delay, _stopping.Token);
                    delay = Longer(delay);
                }

                Log.Restarted(_logger, _server.Id);
                Announce(Restarted);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposal stops the server itself.
        }
    }

    private async Task WatchAsync()
    {
        var exit = _server.WaitForExitAsync(_stopping.Token);
        while (await Task.WhenAny(exit, Task.Delay(LogCheckInterval, _stopping.Token)) != exit)
        {
            _stopping.Token.ThrowIfCancellationRequested();
            try
            {
                _log.Trim();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Log.NotTrimmed(_logger, LogPath, exception);
            }
        }

        await exit;
    }

    private async Task<bool> TryRestartAsync()
    {
        try
        {
            _server = await _starter.RestartAsync(_stopping.Token);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.RestartFailed(_logger, exception);
            return false;
        }
    }

    // A listener's error must not end the supervision.
    private void Announce(EventHandler? listeners)
    {
        try
        {
            listeners?.Invoke(this, EventArgs.Empty);
        }
        catch (Exception exception)
        {
            Log.ListenerFailed(_logger, exception);
        }
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < LongestDelay ? delay * 2 : LongestDelay;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL (process {ProcessId}) ended unexpectedly; starting it again")]
        public static partial void Died(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL answers again (process {ProcessId})")]
        public static partial void Restarted(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again")]
        public static partial void RestartFailed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed when PostgreSQL had died or came back")]
        public static partial void ListenerFailed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The server's log {Path} could not be shortened")]
        public static partial void NotTrimmed(ILogger logger, string path, Exception error);

        [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL (process {ProcessId}) does not stop and is left running")]
        public static partial void DoesNotStop(ILogger logger, int processId);
    }
}
