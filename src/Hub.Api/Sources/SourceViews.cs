using Hub.Engine.Intake;
using Hub.Storage.Sources;

namespace Hub.Api.Sources;

/// <summary>Sources as the API shows them: never a secret, only how many there are.</summary>
internal sealed class SourceViews(SecretShelf secrets, PublicAddress address)
{
    public async Task<SourceView> OfAsync(Source source, HttpRequest request, CancellationToken cancellationToken) =>
        (await OfAsync([source], request, cancellationToken))[0];

    public async Task<IReadOnlyList<SourceView>> OfAsync(IReadOnlyCollection<Source> sources, HttpRequest request, CancellationToken cancellationToken)
    {
        var counts = await secrets.CountAsync([.. sources.Select(source => source.Id)], cancellationToken);
        var hub = address.Of(request);
        return [.. sources.Select(source => View(source, hub, counts.GetValueOrDefault(source.Id)))];
    }

    private static SourceView View(Source source, string hub, int secretCount)
    {
        var settings = SourceSettings.Read(source.Settings);
        return new SourceView(
            source.Id,
            source.Name,
            source.Token,
            $"{hub}/webhooks/incoming/{source.Token}",
            new SignatureView(source.Scheme, secretCount, RawJson.From(source.SchemeOptions)),
            source.Dedupe,
            source.BodyLimit,
            settings.Methods,
            settings.ContentTypes,
            settings.AllowedAddresses,
            settings.RateLimit,
            settings.Respond,
            settings.DedupeWindow ?? "7d",
            source is { RetentionDays: null, RetentionBytes: null } ? null : new RetentionView(source.RetentionDays, source.RetentionBytes >> 20),
            source.CreatedAt);
    }
}
