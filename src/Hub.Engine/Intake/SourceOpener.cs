using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hub.Connectors.Signatures;
using Hub.Routing.Workflows;
using Hub.Storage.Credentials;
using Hub.Storage.Inbox;
using Hub.Storage.Sources;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Intake;

/// <summary>Makes a Source ready to judge requests: finds its scheme, decrypts its secrets, reads its settings.</summary>
public sealed partial class SourceOpener(SignatureSchemes schemes, SecretVault vault, TimeProvider time, ILogger<SourceOpener> logger)
{
    private readonly RateLimits _rates = new(time);

    /// <summary>Those that can receive. What is wrong with one does not keep the others from it.</summary>
    public IReadOnlyList<ReceivingSource> Open(IReadOnlyList<Source> sources, ILookup<Guid, SourceSecret> secrets)
    {
        _rates.Keep(sources.Select(source => source.Id).ToHashSet());
        return [.. sources.Select(source => Open(source, secrets[source.Id])).OfType<ReceivingSource>()];
    }

    private ReceivingSource? Open(Source source, IEnumerable<SourceSecret> secrets)
    {
        try
        {
            using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
            if (!schemes.TryFind(source.Scheme, options?.RootElement, out var scheme, out var fault))
            {
                Log.NotOpened(logger, source.Name, fault);
                return null;
            }

            var live = new LiveSecrets(secrets.Select(secret =>
                new LiveSecret(secret.Id, Encoding.UTF8.GetString(vault.Unprotect(secret.Protected)), secret.CreatedAt, secret.ExpiresAt)));
            DedupeKey? dedupe = null;
            if (source.Dedupe is not null && !DedupeKey.TryParse(source.Dedupe, scheme, out dedupe, out fault))
            {
                Log.NotOpened(logger, source.Name, fault);
                return null;
            }

            var settings = SourceSettings.Read(source.Settings);
            var rate = _rates.Of(source.Id, settings.RateLimit);
            var rules = source.Settings is null ? AdmissionRules.Usual : AdmissionRules.From(settings, rate);
            return new ReceivingSource(source.Id, source.Name, source.Token, scheme, live, dedupe, source.BodyLimit, rules, settings.Respond)
            {
                Shelf = source.Shelf,
                DedupeWindow = DurationText.TryParse(settings.DedupeWindow, out var window) ? window : InboxEntry.DefaultDedupeWindow,
            };
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException or FormatException)
        {
            Log.NotOpened(logger, source.Name, fault.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Source {Source} cannot receive: {Reason}")]
        public static partial void NotOpened(ILogger logger, string source, string reason);
    }
}
