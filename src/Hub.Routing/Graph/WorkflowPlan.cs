using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows;

namespace Hub.Routing.Graph;

/// <summary>A workflow compiled for running: once per version, shared by all its executions. Immutable and thread-safe.</summary>
public sealed class WorkflowPlan
{
    private readonly Dictionary<string, int> _indexes;

    private WorkflowPlan(WorkflowDefinition definition, IStepCatalog? catalog)
    {
        Definition = definition;
        TriggerSchema = definition.Trigger.Schema.ValueKind == JsonValueKind.Undefined ? null : PayloadSchema.Parse(definition.Trigger.Schema);
        TriggerFilter = definition.Trigger.Filter.ValueKind == JsonValueKind.Undefined ? null : Condition.Parse(definition.Trigger.Filter);
        TriggerReadsDeliveryOnly = TriggerFilter is null || DeliveryReads.IsAllThatIsReadBy(definition.Trigger.Filter.GetRawText());
        var steps = new PlannedStep[definition.Steps.Count];
        _indexes = new Dictionary<string, int>(steps.Length, StringComparer.Ordinal);
        for (var i = 0; i < steps.Length; i++)
        {
            var step = definition.Steps[i];
            steps[i] = new PlannedStep(
                i,
                step,
                step.Retry ?? definition.ErrorPolicy.Retry ?? RetryPolicy.Default,
                FlowSteps.Find(step.Type) ?? catalog?.Find(step.Type),
                definition.Vars
            );
            if (!_indexes.TryAdd(step.Id, i))
            {
                throw new ArgumentException($"Two steps have the id '{step.Id}'.", nameof(definition));
            }
        }

        Steps = steps;
        OutgoingEdges = FindOutgoingEdges(steps);
    }

    public WorkflowDefinition Definition { get; }

    /// <summary>What the body of a delivery fulfils before an execution exists; null for anything. See <see cref="TriggerDecision"/>.</summary>
    public PayloadSchema? TriggerSchema { get; }

    /// <summary>What a delivery fulfils before an execution exists; null for anything. See <see cref="TriggerDecision"/>.</summary>
    public Condition? TriggerFilter { get; }

    /// <summary>Whether the trigger decides by <c>trigger</c> alone, and so the same run context serves other workflows as well.</summary>
    public bool TriggerReadsDeliveryOnly { get; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    /// <summary>For each step, the edges that lead on from it.</summary>
    internal OutgoingEdge[][] OutgoingEdges { get; }

    /// <param name="definition">What was read.</param>
    /// <param name="catalog">Tells where inputs go, so that values are escaped for it; without it all inputs are plain text.</param>
    /// <exception cref="FormatException">The definition was not accepted by <see cref="WorkflowReader"/>: inputs, a condition or a schema do not
    /// compile.</exception>
    /// <exception cref="ArgumentException">The definition was not accepted by <see cref="WorkflowReader"/>: its graph is not sound.</exception>
    public static WorkflowPlan Compile(WorkflowDefinition definition, IStepCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new WorkflowPlan(definition, catalog);
    }

    /// <summary>The index of the step with that id; -1 when there is none.</summary>
    public int IndexOf(string id) => _indexes.GetValueOrDefault(id, -1);

    /// <summary>Whether some step follows the error port of this one.</summary>
    public bool HandlesErrorOf(int step) => Array.Exists(OutgoingEdges[step], edge => edge.Port == StepReference.ErrorPort);

    private OutgoingEdge[][] FindOutgoingEdges(PlannedStep[] steps)
    {
        var edges = new List<OutgoingEdge>[steps.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = [];
        }

        foreach (var step in steps)
        {
            foreach (var edge in step.Definition.After)
            {
                var from = IndexOf(edge.StepId);
                if (from < 0)
                {
                    throw new ArgumentException($"Step '{step.Definition.Id}' follows '{edge.StepId}', which does not exist.");
                }

                edges[from].Add(new OutgoingEdge(step.Index, edge.Port));
            }
        }

        return [.. edges.Select(each => each.ToArray())];
    }
}

/// <summary>An edge from a step to a later one; no port means any completion.</summary>
internal readonly record struct OutgoingEdge(int To, string? Port);
