using System.Collections.Concurrent;
using Hub.Storage;
using Hub.Storage.Sources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Intake;

/// <summary>Remembers which secret signed last, and writes it down once a minute: no request waits for that.</summary>
public sealed partial class SecretUses(SecretUseRecord record, TimeProvider time, ILogger<SecretUses> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Ticks, since a number is replaced in place.
    private readonly ConcurrentDictionary<Guid, long> _uses = new();

    public void Note(Guid secret, DateTimeOffset at) => _uses[secret] = at.UtcTicks;

    /// <summary>Writes what was noted since the last time. What cannot be written now is written with the next.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        try
        {
            await record.WriteAsync(uses, cancellationToken);
        }
        catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
        {
            Log.NotWritten(logger, exception.Message);
            return;
        }
#pragma warning disable CA1031 // When a secret was last used is worth less than the hub: it is written with the next.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception);
            return;
        }

        foreach (var use in uses)
        {
            // Only if it was not used again meanwhile.
            _uses.TryRemove(use);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await FlushAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            Log.NotWritten(logger, late.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last uses are written when it stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "When secrets were last used is not written down for now: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "When secrets were last used could not be written down")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
