namespace Hub.Engine.Intake;

/// <summary>What a Source asks of a request besides its signature. Read from its settings once; null means that nothing is asked.</summary>
/// <param name="Methods">Of deliveries, upper-case.</param>
/// <param name="ContentTypes">Media types, such as <c>application/json</c> or <c>text/*</c>.</param>
/// <param name="Addresses">Where senders are.</param>
/// <param name="Rate">How many may come.</param>
public sealed record AdmissionRules(IReadOnlyList<string> Methods, IReadOnlyList<string>? ContentTypes, AddressRanges? Addresses, TokenBucket? Rate)
{
    private static readonly string[] PostAlone = ["POST"];

    /// <summary>Every method that deliveries may have.</summary>
    public static IReadOnlyList<string> KnownMethods { get; } = ["POST", "PUT", "PATCH", "GET", "DELETE", "HEAD", "OPTIONS"];

    /// <summary>What holds for a Source without settings.</summary>
    public static AdmissionRules Usual { get; } = new(PostAlone, null, null, null);

    public static AdmissionRules From(SourceSettings settings, TokenBucket? rate) =>
        new(settings.Methods ?? PostAlone, settings.ContentTypes, settings.AllowedAddresses is { } addresses ? AddressRanges.Parse(addresses) : null, rate);

    public bool TakesMethod(string method)
    {
        for (var i = 0; i < Methods.Count; i++)
        {
            if (Methods[i] == method)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A request without a body needs no type.</summary>
    public bool TakesContentType(string? contentType)
    {
        if (ContentTypes is null || string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        var end = contentType.IndexOf(';');
        var type = (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim();
        foreach (var taken in ContentTypes)
        {
            if (
                taken.EndsWith("/*", StringComparison.Ordinal)
                    ? type.StartsWith(taken.AsSpan(0, taken.Length - 1), StringComparison.OrdinalIgnoreCase)
                    : type.Equals(taken, StringComparison.OrdinalIgnoreCase)
            )
            {
                return true;
            }
        }

        return false;
    }
}
