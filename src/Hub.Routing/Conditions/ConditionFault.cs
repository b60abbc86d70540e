namespace Hub.Routing.Conditions;

/// <summary>A fault of a condition as written.</summary>
/// <param name="Pointer">JSON Pointer within the condition.</param>
internal sealed record ConditionFault(ConditionFaultKind Kind, string Pointer, string Message, string Remedy);

internal enum ConditionFaultKind
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
