using System.Collections.Concurrent;
using Hub.Storage.Rounds;
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

    /// <summary>Writes what was noted since the last time. What cannot be written now stays noted, and is written with the next.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var uses = _uses.ToArray();
        if (uses.Length == 0)
        {
            return;
        }

        await record.WriteAsync(uses, cancellationToken);
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
#pragma warning disable CA1031 // When a secret was last used is worth less than an orderly stop.
        catch (Exception lost)
#pragma warning restore CA1031
        {
            Log.NotWritten(logger, lost.Message);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var rounds = new RoundRules
        {
            Interval = Interval,
            TellAway = reason => Log.NotWritten(logger, reason),
            TellFailed = exception => Log.Failed(logger, exception),
        };
        return RoundLoop.RunAsync(rounds, FlushAsync, time, stoppingToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "When secrets were last used is not written down for now: {Reason}")]
        public static partial void NotWritten(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Error, "When secrets were last used could not be written down")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
