namespace Hub.Routing.Templates.Functions;

internal enum ParameterKind : byte
{
    Any,

    /// <summary>Any, for functions that reckon with it: a number without the way it was written.</summary>
    Plain,
    Text,
    Integer,
    OptionalInteger,
    Number,
    List,
    Object,
    Date,
    OptionalDate,
    Boolean,
}

/// <summary>A parameter of a function.</summary>
internal readonly record struct Parameter(string Name, ParameterKind Kind = ParameterKind.Any, bool HasDefault = false, object? Default = null);
