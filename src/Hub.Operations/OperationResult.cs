using System.Diagnostics.CodeAnalysis;

namespace Hub.Operations;

/// <summary>What a use case gives, or why it was not carried out.</summary>
public readonly record struct OperationResult<T>
    where T : notnull
{
    private readonly T? _value;

    private OperationResult(T? value, OperationError? error) => (_value, Error) = (value, error);

    /// <summary>Null when it was carried out.</summary>
    public OperationError? Error { get; }

    public T Value => Error is null ? _value! : throw new InvalidOperationException($"There is no value: {Error.Code}. {Error.Message}");

    public static implicit operator OperationResult<T>(T value) => new(value, null);

    public static implicit operator OperationResult<T>(OperationError error) => new(default, error);

    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out OperationError? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }
}
