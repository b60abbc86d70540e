namespace Hub.Routing.Templates.Syntax;

/// <summary>How an interpolated value is treated in a place that escapes.</summary>
internal enum Escaping : byte
{
    Usual,

    /// <summary>The outermost call is <c>raw</c> or <c>url.raw</c>.</summary>
    None,

    /// <summary>The outermost call makes JSON, which is not to be quoted again where a JSON value is expected.</summary>
    AlreadyJson,
}
