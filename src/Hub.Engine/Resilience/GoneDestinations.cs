using Hub.Connectors.Contract;
using Hub.Engine.Snapshots;
using Hub.Storage;
using Hub.Storage.Destinations;
using Hub.Storage.Notifications;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Resilience;

/// <summary>
/// Which steps call a destination no more because it answered 410 Gone: this workflow's step at this address, until a person switches it on again or the
/// workflow gets a new version. Read once in a while and not for each call.
/// </summary>
public sealed partial class GoneDestinations(
    GoneDestinationTable table,
    HubChannel channel,
    IOptions<CacheOptions> cache,
    TimeProvider time,
    ILogger<GoneDestinations> logger
) : IDisposable
{
    private const int Gone = 410;

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot? _snapshot;
    private int _generation;

    /// <summary>What to fail with instead of calling; null when the step may call.</summary>
    public async ValueTask<ConnectorError?> FindAsync(Guid workflow, CallTarget target, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot is { } fresh && time.GetElapsedTime(fresh.LoadedAt) < cache.Value.Freshness ? fresh : await LoadAsync(cancellationToken);
        return snapshot.Of(workflow, target.Step.Id).Any() && Find(snapshot, workflow, target.Step.Id, CallAddress.Of(target)) is { } gone
            ? new ConnectorError(
                "destination_gone",
                $"{gone.Place} answered 410 Gone to execution {gone.ExecutionId}, so this step does not call it any more. "
                    + $"Switch it on again with POST {SwitchOnPath(workflow, target.Step.Id)}, or store a new version of the workflow; then replay.",
                Retryable: false
            )
            : null;
    }

    /// <summary>Takes in how a call ended: after a 410 the step does not call this address any more.</summary>
    public async Task TakeInAsync(Guid workflow, Guid execution, CallTarget target, ConnectorError? error, CancellationToken cancellationToken)
    {
        if (error?.HttpStatus != Gone)
        {
            return;
        }

        var (hash, place) = CallAddress.Of(target);
        var gone = new GoneDestination
        {
            WorkflowId = workflow,
            StepId = target.Step.Id,
            AddressHash = hash,
            Place = place,
            ExecutionId = execution,
        };
        try
        {
            if (await table.SwitchOffAsync(gone, cancellationToken))
            {
                Invalidate();
                Log.SwitchedOff(logger, place, target.Step.Id, workflow, SwitchOnPath(workflow, target.Step.Id));
                await channel.NotifyAsync(HubNotice.WorkflowChanged, workflow, cancellationToken);
            }
        }
        catch (Exception exception) when (DatabaseExceptions.IsAway(exception))
        {
            // The next call hears it as well.
            Log.NotKept(logger, place, exception.Message);
        }
    }

    /// <summary>Has a step's destinations called again; how many.</summary>
    public async Task<int> SwitchOnAsync(Guid workflow, string step, CancellationToken cancellationToken)
    {
        var count = await table.SwitchOnAsync(workflow, step, cancellationToken);
        Invalidate();
        await channel.NotifyAsync(HubNotice.WorkflowChanged, workflow, CancellationToken.None);
        return count;
    }

    /// <summary>What was read is no longer true.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        _snapshot = null;
    }

    public void Dispose() => _loading.Dispose();

    private static string SwitchOnPath(Guid workflow, string step) => $"/api/v1/workflows/{workflow}/steps/{step}/switch-on";

    private static GoneDestination? Find(Snapshot snapshot, Guid workflow, string step, CallAddress address) =>
        snapshot.Of(workflow, step).FirstOrDefault(gone => gone.AddressHash.AsSpan().SequenceEqual(address.Hash));

    private async Task<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_snapshot is { } loaded && time.GetElapsedTime(loaded.LoadedAt) < cache.Value.Freshness)
            {
                return loaded;
            }

            var generation = Volatile.Read(ref _generation);
            var snapshot = new Snapshot(await table.AllAsync(cancellationToken), time.GetTimestamp());

            // A change that came while loading makes this good for one call only.
            if (generation == Volatile.Read(ref _generation))
            {
                _snapshot = snapshot;
            }

            return snapshot;
        }
        finally
        {
            _loading.Release();
        }
    }

    private sealed class Snapshot(IReadOnlyList<GoneDestination> all, long loadedAt)
    {
        private readonly ILookup<(Guid, string), GoneDestination> _byStep = all.ToLookup(gone => (gone.WorkflowId, gone.StepId));

        public long LoadedAt => loadedAt;

        public IEnumerable<GoneDestination> Of(Guid workflow, string step) => _byStep[(workflow, step)];
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Warning,
            "{Place} answered 410 Gone: step {StepId} of workflow {WorkflowId} does not call it any more. Switch it on again with POST {Path}"
        )]
        public static partial void SwitchedOff(ILogger logger, string place, string stepId, Guid workflowId, string path);

        [LoggerMessage(2, LogLevel.Warning, "{Place} answered 410 Gone, which could not be kept because the database is away: {Reason}")]
        public static partial void NotKept(ILogger logger, string place, string reason);
    }
}
