using System.Collections.Concurrent;
using System.Text.Json;
using Hub.Fields;
using Hub.Signatures;
using Hub.Storage.Inbox;
using Hub.Storage.Sources;
using Microsoft.Extensions.Logging;

namespace Hub.Engine.Intake;

/// <summary>Makes a Source ready to judge requests: finds its scheme, decrypts its secrets, reads its settings.</summary>
public sealed partial class SourceOpener(SignatureSchemes schemes, SecretReader reader, TimeProvider time, ILogger<SourceOpener> logger)
{
    private readonly RateLimits _rates = new(time);
    private readonly ConcurrentDictionary<Guid, string> _told = new();

    /// <summary>Opens those that can receive. What is wrong with one does not keep the others from it.</summary>
    public OpenedSources Open(IReadOnlyList<Source> sources, ILookup<Guid, SourceSecret> secrets)
    {
        _rates.Keep(sources.Select(source => source.Id).ToHashSet());
        var receiving = new List<ReceivingSource>(sources.Count);
        var closed = new List<ClosedSource>();
        foreach (var source in sources)
        {
            var parts = Read(source, secrets[source.Id]);
            Tell(source, parts);
            if (parts.Scheme is not null)
            {
                receiving.Add(Receiving(source, parts));
            }
            else
            {
                closed.Add(new ClosedSource(source.Id, parts.Problem!));
            }
        }

        return new OpenedSources(receiving, closed);
    }

    /// <summary>What keeps a Source from receiving, or from using some of its secrets; null when nothing does.</summary>
    public string? ProblemOf(Source source, IEnumerable<SourceSecret> secrets) => Read(source, secrets).Problem;

    private ReceivingSource Receiving(Source source, Parts parts)
    {
        var settings = parts.Settings;
        var rules = _rates.Of(source.Id, settings.RateLimit) is { } rate ? parts.Rules with { Rate = rate } : parts.Rules;
        return new ReceivingSource(source.Id, source.Name, parts.Scheme!, parts.Secrets, parts.Dedupe, source.BodyLimit, rules, settings.Respond)
        {
            RetentionPartition = source.RetentionPartition,
            ReadsAsText = settings.BodyAs == BodyReading.Text,
            DedupeWindow = WindowOf(settings, parts.Scheme!),
        };
    }

    /// <summary>A delivery is remembered at least for as long as its signature holds, which is the tolerance before its time and after.</summary>
    private static TimeSpan WindowOf(SourceSettings settings, ISignatureScheme scheme)
    {
        var window = DurationText.TryParse(settings.DedupeWindow, out var given) ? given : InboxEntry.DefaultDedupeWindow;
        var holds = scheme is ProfileSignatureScheme { Profile.Timestamp: { } time } ? TimeSpan.FromSeconds(2L * time.ToleranceSeconds) : TimeSpan.Zero;
        return window > holds ? window : holds;
    }

    private Parts Read(Source source, IEnumerable<SourceSecret> rows)
    {
        try
        {
            using var options = source.SchemeOptions is null ? null : JsonDocument.Parse(source.SchemeOptions);
            if (!schemes.TryFind(source.Scheme, options?.RootElement, out var scheme, out var problem))
            {
                return Parts.Unusable(problem);
            }

            DedupeKey? dedupe = null;
            if (DedupeKey.InForce(source.Dedupe, scheme) is { } rule && !DedupeKey.TryParse(rule, scheme, out dedupe, out problem))
            {
                return Parts.Unusable(problem);
            }

            var settings = SourceSettings.Read(source.Settings);
            var rules = source.Settings is null ? AdmissionRules.Usual : AdmissionRules.From(settings, rate: null);
            var secrets = rows.Select(reader.Read).ToList();
            var now = time.GetUtcNow();
            return new Parts(
                scheme,
                new LiveSecrets(secrets),
                dedupe,
                settings,
                rules,
                SecretReader.ProblemOf(secrets.FindAll(secret => !(secret.ExpiresAt <= now)))
            );
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return Parts.Unusable($"What is kept of its settings cannot be read: {exception.Message}");
        }
    }

    /// <summary>Said once, and again when it changes: Sources are read twice a minute.</summary>
    private void Tell(Source source, Parts parts)
    {
        if (parts.Problem is not { } problem)
        {
            _told.TryRemove(source.Id, out _);
        }
        else if (!_told.TryGetValue(source.Id, out var told) || told != problem)
        {
            _told[source.Id] = problem;
            if (parts.Scheme is null)
            {
                Log.Closed(logger, source.Name, problem);
            }
            else
            {
                Log.Impaired(logger, source.Name, problem);
            }
        }
    }

    /// <param name="Scheme">Null when the Source cannot receive.</param>
    /// <param name="Problem">What is wrong; null when nothing is.</param>
    private sealed record Parts(
        ISignatureScheme? Scheme,
        LiveSecrets Secrets,
        DedupeKey? Dedupe,
        SourceSettings Settings,
        AdmissionRules Rules,
        string? Problem
    )
    {
        public static Parts Unusable(string problem) => new(null, LiveSecrets.None, null, new SourceSettings(), AdmissionRules.Usual, problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Source {Source} cannot receive, and its senders are told 503: {Reason}")]
        public static partial void Closed(ILogger logger, string source, string reason);

        [LoggerMessage(2, LogLevel.Error, "Source {Source}: {Reason}")]
        public static partial void Impaired(ILogger logger, string source, string reason);
    }
}
