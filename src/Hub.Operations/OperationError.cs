namespace Hub.Operations;

/// <summary>Why a use case was not carried out.</summary>
/// <param name="Code">Stable, lower-case with underscores.</param>
/// <param name="Message">A sentence that says what to do about it.</param>
/// <param name="Pointer">JSON Pointer of the place in what was given; null when it is not about one place.</param>
/// <param name="Remedy">What to do about that place; null when the message says all.</param>
public sealed record OperationError(OperationErrorKind Kind, string Code, string Message, string? Pointer = null, string? Remedy = null)
{
    /// <summary>Every place that is wrong, when there may be several.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>What else is told, by name, such as what is in the way.</summary>
    public IReadOnlyDictionary<string, object?> More { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <param name="what">What was asked for, as a person calls it: <c>credential</c>.</param>
    public static OperationError NotFound(string what) => new(OperationErrorKind.NotFound, "not_found", $"There is no such {what}.");

    public static OperationError Invalid(string code, string message) => new(OperationErrorKind.Invalid, code, message);

    /// <summary>A filter or another value that was asked with is wrong.</summary>
    public static OperationError OfParameter(string code, string parameter, string message) => Invalid(code, message).With("parameter", parameter);

    /// <param name="whatWasNotDone">A clause that the first error goes on from: <c>The credential was not stored</c>.</param>
    public static OperationError Invalid(string code, string whatWasNotDone, IReadOnlyList<FieldError> errors) =>
        Of(OperationErrorKind.Invalid, code, $"{whatWasNotDone}: {errors[0].Message}", errors);

    public static OperationError Conflict(string code, string message) => new(OperationErrorKind.Conflict, code, message);

    public static OperationError Unavailable(string code, string message) => new(OperationErrorKind.Unavailable, code, message);

    /// <summary>An error of several places; the first of them stands for all.</summary>
    public static OperationError Of(OperationErrorKind kind, string code, string message, IReadOnlyList<FieldError> errors) =>
        new(kind, code, message, errors[0].Pointer, errors[0].Remedy) { Errors = errors };

    /// <summary>The same, telling one thing more.</summary>
    public OperationError With(string name, object? value) =>
        this with
        {
            More = new Dictionary<string, object?>(More, StringComparer.Ordinal) { [name] = value },
        };
}
