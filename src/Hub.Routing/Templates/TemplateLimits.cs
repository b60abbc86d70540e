namespace Hub.Routing.Templates;

/// <summary>What one rendering may cost. Reaching a limit is a <see cref="TemplateException"/> that names it.</summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Characters of output.</summary>
    public int OutputLength { get; init; } = 16 * 1024 * 1024;
}
