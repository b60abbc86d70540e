using System.Text.Json;
using Hub.Engine.Intake;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Sources;

namespace Hub.Operations.Sources;

/// <summary>Sources as the API shows them: never a secret, only how many there are.</summary>
public sealed class SourceViews(StoredSecrets secrets, StoredAddresses addresses, SourceOpener opener, SignatureSchemes schemes)
{
    private const string Unreadable =
        "The address cannot be decrypted to be shown: the key ring lacks its key. It receives all the same. Bring back the missing file of the folder "
        + "'keys', or change the address (POST rotate-address).";

    public async Task<SourceView> OfAsync(HubDbContext context, Source source, WebhookOrigin hub, CancellationToken cancellationToken) =>
        (await OfAsync(context, [source], hub, cancellationToken))[0];

    public async Task<IReadOnlyList<SourceView>> OfAsync(
        HubDbContext context,
        IReadOnlyCollection<Source> sources,
        WebhookOrigin hub,
        CancellationToken cancellationToken
    )
    {
        var ids = sources.Select(source => source.Id).ToList();
        var rows = await secrets.RowsOfAsync(context, ids, cancellationToken);
        var places = await addresses.RowsOfAsync(context, ids, cancellationToken);
        return [.. sources.Select(source => View(source, hub, [.. places[source.Id]], [.. rows[source.Id]]))];
    }

    private SourceView View(Source source, WebhookOrigin hub, IReadOnlyCollection<SourceAddress> places, IReadOnlyCollection<SourceSecret> rows)
    {
        SourceSettings.TryRead(source.Settings, out var settings);
        var scheme = SchemeOf(source);
        var token = addresses.TokenOf(places);
        return new SourceView(
            source.Id,
            source.Name,
            token,
            token is null ? null : hub.AddressOf(token),
            addresses.FormerOf(places),
            new SignatureView(source.Scheme, rows.Count(row => secrets.Reveal(row) is not null), RawJson.From(source.SchemeOptions)),
            DedupeKey.InForce(source.Dedupe, scheme),
            source.BodyLimit,
            settings.Methods,
            settings.ContentTypes,
            settings.AllowedAddresses,
            settings.RateLimit,
            settings.Respond,
            settings.DedupeWindow ?? "7d",
            settings.BodyAs ?? BodyReading.Auto,
            source is { RetentionDays: null, RetentionBytes: null } ? null : new RetentionView(source.RetentionDays, source.RetentionBytes >> 20),
            ProblemOf(source, scheme, rows, hub) ?? (token is null ? Unreadable : null),
            source.CreatedAt
        );
    }

    private ISignatureScheme? SchemeOf(Source source)
    {
        using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
        return schemes.TryFind(source.Scheme, options?.RootElement, out var scheme, out _) ? scheme : null;
    }

    private string? ProblemOf(Source source, ISignatureScheme? scheme, IReadOnlyCollection<SourceSecret> rows, WebhookOrigin hub) =>
        opener.ProblemOf(source, rows)
        ?? (
            scheme?.SignsUrl == true && !hub.IsConfigured
                ? "Signatures of this scheme cover the address, and the hub was not told its own: set Hub__PublicUrl, such as https://hooks.example.com, "
                    + "and start it anew."
                : null
        );
}
