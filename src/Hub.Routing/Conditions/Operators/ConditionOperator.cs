using System.Text.Json;

namespace Hub.Routing.Conditions.Operators;

/// <summary>One way to compare what a path found with a value.</summary>
internal abstract class ConditionOperator(string name)
{
    public string Name { get; } = name;

    public virtual bool TakesValue => true;

    /// <summary>Whether the value must be written out, because it is compiled with the workflow.</summary>
    public virtual bool ValueIsFixed => false;

    public virtual bool MayIgnoreCase => true;

    /// <summary>The result when one side of a comparison with a value is absent.</summary>
    public virtual bool WhenAbsent => false;

    /// <summary>What is wrong with a value that is written out; null when nothing is.</summary>
    public virtual string? CheckValue(JsonElement value) => null;

    /// <summary>Compiles a fixed value; the result is given to every test.</summary>
    /// <exception cref="Patterns.PatternException">The value does not compile.</exception>
    public virtual object? Prepare(JsonElement value, bool ignoreCase) => null;

    public abstract Verdict Test(in Comparison comparison);

    protected static Verdict TypesDiffer(in Comparison comparison) => new(false, $"types differ: {comparison.Found.TypeName} vs {comparison.Value.TypeName}");
}

/// <summary>The two sides of a comparison and how texts compare.</summary>
/// <param name="Prepared">What <see cref="ConditionOperator.Prepare"/> made.</param>
internal readonly record struct Comparison(Comparand Found, Comparand Value, bool IgnoreCase, object? Prepared)
{
    public StringComparison Texts => IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}

/// <param name="Note">Why the result may surprise.</param>
/// <param name="Error">Set when there is no result.</param>
internal readonly record struct Verdict(bool Value, string? Note = null, string? Error = null);
