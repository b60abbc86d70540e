using Hub.Storage;
using Hub.Storage.Quarantine;
using Hub.Storage.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Maintenance;

/// <summary>Writes the counts of refusals every few seconds, and lets old requests leave the quarantine.</summary>
public sealed partial class QuarantineCleaner(
    QuarantineWriter writer,
    QuarantineBounds bounds,
    RefusalCounts counts,
    TimeProvider time,
    ILogger<QuarantineCleaner> logger
) : BackgroundService
{
    private const int FlushesToATrim = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private int _round;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await writer.DrainAsync(Pause);
            await counts.FlushAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException || DatabaseExceptions.IsAway(exception))
        {
            Log.NotWritten(logger, exception.Message);
        }
#pragma warning disable CA1031 // Whatever it is, the others are stopped in their order.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Log.Failed(logger, exception);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rounds = new RoundRules
        {
            Interval = Pause,
            TellAway = reason => Log.NotWritten(logger, reason),
            TellFailed = exception => Log.Failed(logger, exception),
        };
        return RoundLoop.RunAsync(rounds, RunOnceAsync, time, stoppingToken);
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        _round++;
        await counts.FlushAsync(cancellationToken);
        if (_round % FlushesToATrim == 0)
        {
            await bounds.TrimAllAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Counts of refused requests wait for the database: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "The quarantine could not be looked after")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
