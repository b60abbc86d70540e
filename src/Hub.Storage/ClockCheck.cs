using System.Diagnostics;
using Hub.Storage.Rounds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Storage;

/// <summary>Holds the hub's clock against the database's: before anything else is started, and once a minute.</summary>
public sealed partial class ClockCheck(HubDatabase database, HubClock clock, ILogger<ClockCheck> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>An answer that took longer tells too little of the time it was given at.</summary>
    private static readonly TimeSpan Exact = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryRunOnceAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rounds = new RoundRules { Interval = Interval, TellFailed = exception => Log.NotAsked(logger, exception) };
        return RoundLoop.RunAsync(rounds, TryRunOnceAsync, TimeProvider.System, stoppingToken);
    }

    internal async Task TryRunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var asked = Stopwatch.GetTimestamp();
            await using var command = database.DataSource.CreateCommand("SELECT clock_timestamp()");
            command.CommandTimeout = (int)Exact.TotalSeconds;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            var now = reader.GetFieldValue<DateTimeOffset>(0);
            if (Stopwatch.GetElapsedTime(asked) < Exact && clock.Set(now))
            {
                Tell();
            }
        }
        catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
        {
            // It is looked at again.
        }
    }

    private void Tell()
    {
        if (clock.Offset == TimeSpan.Zero)
        {
            Log.Agrees(logger);
        }
        else
        {
            Log.Differs(logger, clock.Offset.Duration(), clock.Offset > TimeSpan.Zero ? "behind" : "ahead of");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "This machine's clock is {Difference} {Direction} the database's. Ids and times are taken from the database's; set the clock, as calls to "
                + "others may fail by it"
        )]
        public static partial void Differs(ILogger logger, TimeSpan difference, string direction);

        [LoggerMessage(2, LogLevel.Information, "This machine's clock agrees with the database's again")]
        public static partial void Agrees(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The database could not be asked for its time; it is asked again")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}
