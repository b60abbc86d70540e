namespace Hub.Fields;

/// <summary>What the check of values knows of an input.</summary>
public interface IField
{
    string Name { get; }

    FieldType Type { get; }

    /// <summary>The only texts allowed, whatever their case; null when any is.</summary>
    IReadOnlyList<string>? Choices { get; }
}
