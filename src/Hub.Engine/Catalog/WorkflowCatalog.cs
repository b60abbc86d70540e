using System.Collections.Concurrent;
using System.Text;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;

namespace Hub.Engine.Catalog;

/// <summary>The active workflows by Source, and compiled versions; both cached, and dropped when a workflow changes.</summary>
public sealed class WorkflowCatalog(HubDatabase database, StepCatalog steps, TimeProvider time) : IDisposable
{
    private const int MostPlans = 2000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(Guid Workflow, int Version), FoundPlan> _plans = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot? _active;
    private int _generation;

    /// <summary>The workflows that a delivery of this Source starts.</summary>
    public ValueTask<IReadOnlyList<ActiveWorkflow>> ActiveForAsync(string source, CancellationToken cancellationToken)
    {
        var snapshot = _active;
        return snapshot is not null && time.GetElapsedTime(snapshot.LoadedAt) < Freshness
            ? new(snapshot.For(source))
            : LoadAsync(source, cancellationToken);
    }

    /// <summary>The compiled version, or why it cannot be run.</summary>
    public async ValueTask<FoundPlan> FindPlanAsync(Guid workflow, int version, CancellationToken cancellationToken)
    {
        if (_plans.TryGetValue((workflow, version), out var plan))
        {
            return plan;
        }

        await using var context = database.CreateContext();
        var row = await context.WorkflowVersions.FirstOrDefaultAsync(v => v.WorkflowId == workflow && v.Version == version, cancellationToken);
        if (row is null)
        {
            return new FoundPlan(null, $"The workflow has no version {version}.");
        }

        if (_plans.Count >= MostPlans)
        {
            _plans.Clear();
        }

        // A version never changes, so what is wrong with it stays wrong.
        return _plans[(workflow, version)] = Compile(row.Definition, version);
    }

    /// <summary>What was cached about active workflows is no longer true.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        _active = null;
    }

    public void Dispose() => _loading.Dispose();

    private FoundPlan Compile(string definition, int version)
    {
        try
        {
            var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(definition), steps);
            return check.Definition is null
                ? Invalid(check.Faults[0].Message)
                : new FoundPlan(WorkflowPlan.Compile(check.Definition, steps), null);
        }
#pragma warning disable CA1031 // Whatever a definition brings about, it is that workflow's trouble and not the delivery's.
        catch (Exception fault) when (fault is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return Invalid(fault.Message);
        }

        FoundPlan Invalid(string why) => new(null, $"Version {version} of the workflow is no longer valid: {why}");
    }

    private async ValueTask<IReadOnlyList<ActiveWorkflow>> LoadAsync(string source, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_active is { } loaded && time.GetElapsedTime(loaded.LoadedAt) < Freshness)
            {
                return loaded.For(source);
            }

            var generation = Volatile.Read(ref _generation);
            var loadedAt = time.GetTimestamp();
            await using var context = database.CreateContext();
            var rows = await context.Workflows
                .Where(workflow => workflow.Status == WorkflowStatus.Active && workflow.Source != null)
                .OrderBy(workflow => workflow.Id)
                .Select(workflow => new { workflow.Id, workflow.Version, workflow.Source })
                .ToListAsync(cancellationToken);
            var snapshot = new Snapshot(rows.ToLookup(row => row.Source!, row => new ActiveWorkflow(row.Id, row.Version)), loadedAt);

            // A change that came while loading makes this snapshot good for this request only.
            if (generation == Volatile.Read(ref _generation))
            {
                _active = snapshot;
            }

            return snapshot.For(source);
        }
        finally
        {
            _loading.Release();
        }
    }

    private sealed class Snapshot(ILookup<string, ActiveWorkflow> bySource, long loadedAt)
    {
        private readonly Dictionary<string, ActiveWorkflow[]> _bySource = bySource.ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

        public long LoadedAt { get; } = loadedAt;

        public IReadOnlyList<ActiveWorkflow> For(string source) => _bySource.GetValueOrDefault(source, []);
    }
}

/// <summary>An active workflow and the version it runs.</summary>
public sealed record ActiveWorkflow(Guid Id, int Version);

/// <summary>A compiled version, or a sentence that says why there is none.</summary>
public readonly record struct FoundPlan(WorkflowPlan? Plan, string? Fault);
