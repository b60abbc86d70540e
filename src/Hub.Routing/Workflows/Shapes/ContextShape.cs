using System.Text.Json;
using Hub.Routing.Schemas;
using Hub.Routing.Workflows.Reading;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>What is known about the run context of a draft: its roots, the outputs of its steps, its vars, and bodies that arrived before.</summary>
internal sealed class ContextShape : Shape
{
    private const int Hops = 8;

    private readonly WorkflowDraft _draft;
    private readonly Dictionary<string, Shape> _roots;
    private int _hops;

    /// <summary>The roots that are there before an execution is.</summary>
    public static IReadOnlyList<string> BeforeExecution { get; } = ["trigger", "workflow", "vars"];

    public ContextShape(WorkflowDraft draft)
    {
        _draft = draft;
        _roots = new Dictionary<string, Shape>(StringComparer.Ordinal)
        {
            ["trigger"] = new RecordShape(
                new Dictionary<string, Shape>(StringComparer.Ordinal)
                {
                    // What the trigger demands of a body is known of every body that comes through.
                    ["body"] = draft.BodySchema.ValueKind == JsonValueKind.Object ? SchemaShape.Of(draft.BodySchema) : ValueShape.Of(draft.Samples),
                    ["bodyNote"] = Text,
                    ["headers"] = new HeadersShape(),
                    ["query"] = new TypeShape(JsonTypes.Object),
                    ["method"] = Text,
                    ["receivedAt"] = Text,
                    ["deliveryId"] = Text,
                }
            ),
            ["steps"] = new StepsShape(this),
            ["workflow"] = new RecordShape(
                new Dictionary<string, Shape>(StringComparer.Ordinal)
                {
                    ["id"] = Text,
                    ["name"] = Text,
                    ["version"] = Number,
                }
            ),
            ["execution"] = new RecordShape(
                new Dictionary<string, Shape>(StringComparer.Ordinal)
                {
                    ["id"] = Text,
                    ["trigger"] = Text,
                    ["createdAt"] = Text,
                    ["error"] = Any,
                }
            ),
            ["vars"] =
                draft.Vars.ValueKind == JsonValueKind.Object
                    ? ValueShape.Of([draft.Vars])
                    : new RecordShape(new Dictionary<string, Shape>(StringComparer.Ordinal)),
            ["item"] = Any,
            ["index"] = Any,
        };
    }

    public override JsonTypes Types => JsonTypes.Object;

    public override IEnumerable<string> MemberNames => _roots.Keys;

    public override Shape? Member(string name) => _roots.GetValueOrDefault(name);

    /// <summary>What a read finds; open when anything about it is not known.</summary>
    public Shape Find(ContextRead read) => Walk(read, out _, out _) ?? Any;

    /// <summary>Follows the names of a read. When one is certainly never there: null, which one, and where it is missing.</summary>
    public Shape? Walk(ContextRead read, out int missing, out Shape owner)
    {
        owner = this;
        for (missing = 0; missing < read.Names.Count; missing++)
        {
            var name = read.Names[missing];
            var isSize = !read.IsPath && name == "size" && missing > 1 && (owner.Types & (JsonTypes.Array | JsonTypes.String)) != JsonTypes.None;
            if ((isSize ? Number : owner.Member(name)) is not { } next)
            {
                return null;
            }

            owner = next;
        }

        return owner;
    }

    private Shape OutputOf(StepDraft step)
    {
        var definition = step.Definition;
        return definition.Type switch
        {
            FlowSteps.If or FlowSteps.Switch => new RecordShape(
                new Dictionary<string, Shape>(StringComparer.Ordinal) { ["port"] = new TypeShape(JsonTypes.String, [.. StepPorts.Branches(definition)]) }
            ),
            FlowSteps.Set or FlowSteps.Log or FlowSteps.Stop => definition.With.ValueKind == JsonValueKind.Object
                ? InputShape.Of(definition.With, Follow)
                : new RecordShape(new Dictionary<string, Shape>(StringComparer.Ordinal)),
            FlowSteps.Delay => Any,
            _ => SchemaShape.Of(step.Description?.OutputSchema ?? default),
        };
    }

    // Steps may set what they read of others that set what they read: a chain is followed so far, a circle not for ever.
    private Shape Follow(ContextRead read)
    {
        if (_hops >= Hops)
        {
            return Any;
        }

        _hops++;
        try
        {
            return Find(read);
        }
        finally
        {
            _hops--;
        }
    }

    private sealed class StepsShape(ContextShape context) : Shape
    {
        private static readonly Shape Error = new RecordShape(
            new Dictionary<string, Shape>(StringComparer.Ordinal)
            {
                ["code"] = Text,
                ["message"] = Text,
                ["pointer"] = Text,
                ["place"] = Text,
                ["retryable"] = new TypeShape(JsonTypes.Boolean),
                ["httpStatus"] = Number,
                ["retryAfterSeconds"] = Number,
                ["response"] = Any,
            }
        );

        private static readonly Shape Status = new TypeShape(JsonTypes.String, ["completed", "failed"]);

        public override JsonTypes Types => JsonTypes.Object;

        // Whether a step exists and comes before is another rule's matter.
        public override Shape? Member(string name)
        {
            var index = context._draft.Graph.IndexOf(name);
            return index < 0
                ? Any
                : new RecordShape(
                    new Dictionary<string, Shape>(StringComparer.Ordinal)
                    {
                        ["status"] = Status,
                        ["output"] = context.OutputOf(context._draft.Steps[index]),
                        ["error"] = Error,
                    }
                );
        }
    }
}
