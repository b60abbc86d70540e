namespace Hub.Routing.Templates.Values;

/// <summary>What <c>empty</c> and <c>blank</c> stand for: equal to anything without elements.</summary>
internal sealed class EmptyValue
{
    public static readonly EmptyValue Instance = new();

    private EmptyValue() { }
}
