using System.Collections.Concurrent;
using System.Text;
using Hub.Engine.Intake;
using Hub.Engine.Snapshots;
using Hub.Routing.Graph;
using Hub.Routing.Workflows;
using Hub.Storage;
using Hub.Storage.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hub.Engine.Catalog;

/// <summary>The active workflows by Source, and compiled versions; both cached, and dropped when a workflow changes.</summary>
public sealed class WorkflowCatalog
{
    private readonly HubDatabase _database;
    private readonly StepCatalog _steps;
    private readonly CacheOptions _cache;
    private readonly TimeProvider _time;
    private readonly SharedSnapshot<Dictionary<string, ActiveWorkflow[]>> _active;
    private readonly ConcurrentDictionary<(Guid Workflow, int Version), FoundPlan> _plans = new();
    private readonly ConcurrentDictionary<(Guid Workflow, int Version), Lazy<Task<FoundPlan>>> _reading = new();

    public WorkflowCatalog(HubDatabase database, StepCatalog steps, IOptions<IntakeOptions> options, IOptions<CacheOptions> cache, TimeProvider time)
    {
        (_database, _steps, _cache, _time) = (database, steps, cache.Value, time);
        _active = new("workflows", LoadActiveAsync, options.Value.LookUpPatience, _cache, time);
    }

    /// <summary>The workflows that a delivery of this Source starts.</summary>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async ValueTask<IReadOnlyList<ActiveWorkflow>> ActiveForAsync(string source, CancellationToken cancellationToken) =>
        (await _active.GetAsync(cancellationToken)).GetValueOrDefault(source, []);

    /// <summary>The compiled version, or why it cannot be run.</summary>
    public ValueTask<FoundPlan> FindPlanAsync(Guid workflow, int version, CancellationToken cancellationToken)
    {
        var key = (workflow, version);
        if (_plans.TryGetValue(key, out var plan))
        {
            return new(plan);
        }

        // All who ask for it wait for one reading, which is nobody's own.
        var reading = _reading.GetOrAdd(key, static (_, made) => new(() => Task.Run(() => made.Catalog.LoadPlanAsync(made.Key))), (Catalog: this, Key: key));
        return new(reading.Value.WaitAsync(cancellationToken));
    }

    /// <summary>What was cached about active workflows is no longer true.</summary>
    public void Invalidate() => _active.Invalidate();

    private async Task<FoundPlan> LoadPlanAsync((Guid Workflow, int Version) key)
    {
        using var deadline = new CancellationTokenSource(_cache.ReadTimeout, _time);
        try
        {
            await using var context = _database.AcrossWorkspaces();
            var row = await context.WorkflowVersions.FirstOrDefaultAsync(v => v.WorkflowId == key.Workflow && v.Version == key.Version, deadline.Token);
            if (row is null)
            {
                return new FoundPlan(null, $"The workflow has no version {key.Version}.");
            }

            if (_plans.Count >= _cache.Plans)
            {
                _plans.Clear();
            }

            // A version never changes, so what is wrong with it stays wrong.
            return _plans[key] = Compile(row.Definition, key.Version);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException("The workflow could not be read in time.", late);
        }
        finally
        {
            _reading.TryRemove(key, out _);
        }
    }

    private FoundPlan Compile(string definition, int version)
    {
        try
        {
            var check = WorkflowReader.Read(Encoding.UTF8.GetBytes(definition), _steps);
            return check.Definition is null ? Invalid(check.Errors[0].Message) : new FoundPlan(WorkflowPlan.Compile(check.Definition, _steps), null);
        }
#pragma warning disable CA1031 // Whatever a definition brings about, it is that workflow's trouble and not the delivery's.
        catch (Exception exception) when (exception is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            return Invalid(exception.Message);
        }

        FoundPlan Invalid(string why) => new(null, $"Version {version} of the workflow is no longer valid: {why}");
    }

    private async Task<Dictionary<string, ActiveWorkflow[]>> LoadActiveAsync(CancellationToken cancellationToken)
    {
        await using var context = _database.AcrossWorkspaces();
        var rows = await context
            .Workflows.Where(workflow => workflow.Status == WorkflowStatus.Active && workflow.Source != null)
            .OrderBy(workflow => workflow.Id)
            .Select(workflow => new
            {
                workflow.Id,
                workflow.Version,
                workflow.Source,
            })
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Source!)
            .ToDictionary(group => group.Key, group => group.Select(row => new ActiveWorkflow(row.Id, row.Version)).ToArray(), StringComparer.Ordinal);
    }
}

/// <summary>An active workflow and the version it runs.</summary>
public sealed record ActiveWorkflow(Guid Id, int Version);

/// <summary>A compiled version, or a sentence that says why there is none.</summary>
public readonly record struct FoundPlan(WorkflowPlan? Plan, string? Error);
