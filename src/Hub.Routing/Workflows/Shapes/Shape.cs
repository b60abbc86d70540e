using Hub.Routing.Schemas;

namespace Hub.Routing.Workflows.Shapes;

/// <summary>What is known about a value before anything runs.</summary>
internal abstract class Shape
{
    /// <summary>A value of which nothing is known.</summary>
    public static Shape Any { get; } = new TypeShape(JsonTypes.All);

    public static Shape Text { get; } = new TypeShape(JsonTypes.String);

    public static Shape Number { get; } = new TypeShape(JsonTypes.Number);

    /// <summary>The types it can have.</summary>
    public abstract JsonTypes Types { get; }

    /// <summary>The only texts it can be; null when any.</summary>
    public virtual IReadOnlyList<string>? Choices => null;

    /// <summary>The members that are known, for advice.</summary>
    public virtual IEnumerable<string> MemberNames => [];

    /// <summary>A member; null when it is certainly never there.</summary>
    public virtual Shape? Member(string name) => Types.HasFlag(JsonTypes.Object) ? Any : null;
}

/// <summary>A value of which only the types are known.</summary>
internal sealed class TypeShape(JsonTypes types, IReadOnlyList<string>? choices = null) : Shape
{
    public override JsonTypes Types => types;

    public override IReadOnlyList<string>? Choices => choices;
}

/// <summary>An object whose members are all known.</summary>
internal sealed class RecordShape(IReadOnlyDictionary<string, Shape> members) : Shape
{
    public override JsonTypes Types => JsonTypes.Object;

    public override IEnumerable<string> MemberNames => members.Keys;

    public override Shape? Member(string name) => members.GetValueOrDefault(name);
}
