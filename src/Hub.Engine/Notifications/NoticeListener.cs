using Hub.Engine.Catalog;
using Hub.Engine.Credentials;
using Hub.Engine.Executions;
using Hub.Engine.Intake;
using Hub.Engine.Resilience;
using Hub.Engine.Responses;
using Hub.Storage;
using Hub.Storage.Executions;
using Hub.Storage.Notifications;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Notifications;

/// <summary>Hears what other nodes changed. While the connection is away nothing is lost: caches expire and due work is polled.</summary>
public sealed partial class NoticeListener(
    HubChannel channel,
    WorkflowCatalog workflows,
    SourceDirectory sources,
    CredentialStore credentials,
    GoneDestinations gone,
    RunningExecutions running,
    ResponseWaiters responses,
    WakeSignal wake,
    TimeProvider time,
    ILogger<NoticeListener> logger
) : BackgroundService
{
    private readonly Outage _outage = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await channel.ListenAsync(CatchUp, Hear, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever happened, this loop goes on listening.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _outage.Seen(() => Log.Lost(logger, DatabaseExceptions.IsAway(exception) ? null : exception, exception.Message));
                await Task.Delay(TimeSpan.FromMilliseconds(500), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Whatever was said while nobody listened is treated as said now.</summary>
    private void CatchUp()
    {
        workflows.Invalidate();
        sources.Invalidate();
        credentials.Invalidate();
        gone.Invalidate();
        wake.Now();
        _outage.Over(() => Log.Back(logger));
    }

    private void Hear(HeardNotice notice)
    {
        switch (notice.Kind)
        {
            case HubNotice.Due:
                wake.Now();
                break;
            case HubNotice.Cancelled:
                running.Cancel(notice.Id, notice.Claim ?? int.MaxValue);
                responses.Ended(notice.Id, ExecutionStatus.Cancelled);
                break;
            case HubNotice.WorkflowChanged:
                workflows.Invalidate();
                gone.Invalidate();
                break;
            case HubNotice.SourceChanged:
                sources.Invalidate();
                break;
            case HubNotice.CredentialChanged:
                credentials.Invalidate();
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Notices from other nodes are not heard for now: {Reason}")]
        public static partial void Lost(ILogger logger, Exception? exception, string reason);

        [LoggerMessage(2, LogLevel.Information, "Notices from other nodes are heard again")]
        public static partial void Back(ILogger logger);
    }
}
