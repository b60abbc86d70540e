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
        Parse(element, out var errors) ?? throw new FormatException($"{errors[0].Pointer}: {errors[0].Message}");

    /// <summary>Compiles, or tells every error.</summary>
    internal static Condition? Parse(JsonElement element, out IReadOnlyList<ConditionError> errors)
    {
        var reader = new ConditionReader();
        var root = reader.Read(element, string.Empty, depth: 1);
        errors = reader.Errors.All;
        return errors.Count == 0 && root is not null ? new Condition(root) : null;
    }

    /// <summary>Decides for one run context. Never throws, whatever the data.</summary>
    public ConditionResult Evaluate(JsonElement runContext, TemplateOptions? options = null) => _root.Evaluate(runContext, options ?? TemplateOptions.Default);
}
