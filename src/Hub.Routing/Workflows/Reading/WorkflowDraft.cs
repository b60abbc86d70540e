using System.Text.Json;
using Hub.Routing.Conditions;
using Hub.Routing.Workflows.Shapes;

namespace Hub.Routing.Workflows.Reading;

/// <summary>A document as far as it could be read, for the rules to judge.</summary>
internal sealed class WorkflowDraft(
    TriggerDefinition? trigger,
    IReadOnlyList<StepDraft> steps,
    ErrorPolicy errorPolicy,
    IStepCatalog catalog,
    JsonElement vars,
    IReadOnlyList<JsonElement> samples
)
{
    private DraftGraph? _graph;
    private Reachability? _reachability;
    private ContextShape? _context;
    private IReadOnlyList<ContextRead>[]? _reads;
    private IReadOnlyList<ContextRead>? _fallbackReads;
    private IReadOnlyList<ContextRead>? _filterReads;

    /// <summary>The condition of the trigger; undefined when it has none.</summary>
    public JsonElement Filter => trigger?.Filter ?? default;

    /// <summary>What the trigger asks of the body; undefined when nothing.</summary>
    public JsonElement BodySchema => trigger?.Schema ?? default;

    public IReadOnlyList<StepDraft> Steps { get; } = steps;

    public ErrorPolicy ErrorPolicy { get; } = errorPolicy;

    public IStepCatalog Catalog { get; } = catalog;

    /// <summary>The document's vars; undefined when it has none.</summary>
    public JsonElement Vars { get; } = vars;

    /// <summary>Bodies that arrived before; none when not known.</summary>
    public IReadOnlyList<JsonElement> Samples { get; } = samples;

    public DraftGraph Graph => _graph ??= new DraftGraph(Steps);

    public Reachability Reachability => _reachability ??= new Reachability(Steps, Graph);

    public ContextShape Context => _context ??= new ContextShape(this);

    /// <summary>For each step, what it reads of the run context.</summary>
    public IReadOnlyList<ContextRead>[] Reads => _reads ??= [.. Steps.Select(step => ContextReads.OfStep(step).ToList())];

    public IReadOnlyList<ContextRead> FallbackReads =>
        _fallbackReads ??= [.. ContextReads.OfInputs(ErrorPolicy.Fallback?.With ?? default, FallbackPlace["with"])];

    public IReadOnlyList<ContextRead> FilterReads => _filterReads ??= [.. ContextReads.OfCondition(Filter, FilterPlace)];

    /// <summary>Every comparison of the document.</summary>
    public IEnumerable<WrittenComparison> Comparisons =>
        Reading.Comparisons.OfCondition(Filter, FilterPlace).Concat(Steps.SelectMany(Reading.Comparisons.OfStep));

    public static JsonPlace TriggerPlace { get; } = JsonPlace.Root["trigger"];

    public static JsonPlace FilterPlace { get; } = TriggerPlace["filter"];

    public static JsonPlace FallbackPlace { get; } = JsonPlace.Root["errorPolicy"]["fallback"];

    public StepTypeDescription? Describe(string type) => FlowSteps.Find(type) ?? Catalog.Find(type);

    public string AdviseType(string type) => NearestName.Advise(type, FlowSteps.All.Select(step => step.Type).Concat(Catalog.Types));
}
