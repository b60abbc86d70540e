namespace Hub.Routing.Templates;

/// <summary>How a template is rendered.</summary>
public sealed record TemplateOptions
{
    public static TemplateOptions Default { get; } = new();

    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    public TemplatePlace Place { get; init; } = TemplatePlace.Text;

    /// <summary>What <c>date.now</c> reads; without it <c>date.now</c> is an error. Dates are in UTC, whatever the zone of the clock.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>
    /// The most bytes that a writer is given of it, together with what it was given before; reaching it is a <see cref="Writing.JsonLimitException"/>.
    /// </summary>
    public int MaxBytes { get; init; } = 4 << 20;

    /// <summary>What <c>math.random</c> draws from; null is the shared generator.</summary>
    public Random? Random { get; init; }
}
