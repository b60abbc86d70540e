namespace Hub.Routing.Templates.Values;

/// <summary>
/// A number of the model that its value does not tell as it was written: too many digits, an exponent, <c>-0</c>. Passed on it stays as it is.
/// </summary>
/// <param name="value">What is reckoned with.</param>
/// <param name="text">As it was written in JSON.</param>
internal sealed class WrittenNumber(object value, string text)
{
    public object Value { get; } = value;

    public string Text { get; } = text;

    /// <summary>What is reckoned with and compared: any value, but for these the number itself.</summary>
    public static object? Plain(object? value) => value is WrittenNumber number ? number.Value : value;

    public override bool Equals(object? obj) => Value.Equals(Plain(obj));

    public override int GetHashCode() => Value.GetHashCode();
}
