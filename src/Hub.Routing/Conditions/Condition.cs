using System.Text.Json;
using Hub.Routing.Templates;

namespace Hub.Routing.Conditions;

/// <summary>A compiled condition. Immutable and safe to share between threads.</summary>
public sealed class Condition
{
    private readonly ConditionNode _root;

    private Condition(ConditionNode root) => _root = root;

    /// <exception cref="FormatException">The element is not a valid condition; <c>WorkflowReader</c> reports such places beforehand.</exception>
    public static Condition Parse(JsonElement element) =>
        Parse(element, out var faults) ?? throw new FormatException($"{faults[0].Pointer}: {faults[0].Message}");

    /// <summary>Compiles, or tells every fault.</summary>
    internal static Condition? Parse(JsonElement element, out IReadOnlyList<ConditionFault> faults)
    {
        var reader = new ConditionReader();
        var root = reader.Read(element, string.Empty, depth: 1);
        faults = reader.Faults;
        return faults.Count == 0 && root is not null ? new Condition(root) : null;
    }

    /// <summary>Decides for one run context. Never throws, whatever the data.</summary>
    public ConditionResult Evaluate(JsonElement runContext, TemplateOptions? options = null) => _root.Evaluate(runContext, options ?? TemplateOptions.Default);
}
