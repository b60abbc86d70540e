namespace Hub.Routing.Conditions;

/// <summary>An error of a condition as written.</summary>
/// <param name="Pointer">JSON Pointer within the condition.</param>
internal sealed record ConditionError(ConditionErrorKind Kind, string Pointer, string Message, string Remedy);

internal enum ConditionErrorKind
{
    WrongType,
    UnknownProperty,
    MissingProperty,
    Invalid,
    UnknownOperator,
    PathInvalid,
    TemplateInvalid,
    RegexInvalid,
    TooMany,
}
