using System.Collections;
using System.Reflection;
using Hub.Api.Auth;
using Hub.Connectors.BuiltIn.Slack;
using Hub.Connectors.Http;
using Hub.Engine;
using Hub.Engine.Intake;
using Hub.Engine.Resilience;
using Hub.Engine.Snapshots;
using Hub.Engine.Verification;
using Hub.Signatures;
using Hub.Storage;
using Hub.Storage.Embedded;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Pausing;
using Hub.Storage.Quarantine;
using Hub.Storage.Retention;

namespace Hub.Api.Settings;

/// <summary>Every setting that the hub reads, by its path such as <c>Hub:Engine:Concurrency</c>; whatever capitals it is written with.</summary>
internal static class KnownSettings
{
    public const string Connection = "ConnectionStrings:Hub";

    private static readonly (string Section, Type Options)[] Sections =
    [
        (HubAddressOptions.Section, typeof(HubAddressOptions)),
        (AdminKeyOptions.Section, typeof(AdminKeyOptions)),
        ("Hub", typeof(HubStartOptions)),
        (LimitOptions.Section, typeof(LimitOptions)),
        (EngineOptions.Section, typeof(EngineOptions)),
        (IntakeOptions.Section, typeof(IntakeOptions)),
        (CallOptions.Section, typeof(CallOptions)),
        (BreakerOptions.Section, typeof(BreakerOptions)),
        (CacheOptions.Section, typeof(CacheOptions)),
        (CertificateOptions.Section, typeof(CertificateOptions)),
        (InboxOptions.Section, typeof(InboxOptions)),
        (JournalOptions.Section, typeof(JournalOptions)),
        (QuarantineOptions.Section, typeof(QuarantineOptions)),
        (RetentionOptions.Section, typeof(RetentionOptions)),
        ("Hub:Database", typeof(DatabaseOptions)),
        (EmbeddedPostgresOptions.Section, typeof(EmbeddedPostgresOptions)),
        (OutboundOptions.Section, typeof(OutboundOptions)),
        (SignatureOptions.Section, typeof(SignatureOptions)),
        (SlackOptions.Section, typeof(SlackOptions)),
    ];

    /// <summary>Each setting by its path.</summary>
    public static IReadOnlyDictionary<string, KnownSetting> All { get; } = Find();

    private static Dictionary<string, KnownSetting> Find()
    {
        var known = new Dictionary<string, KnownSetting>(StringComparer.OrdinalIgnoreCase)
        {
            ["Hub:DataDirectory"] = new(SettingKind.Value),
            [Connection] = new(SettingKind.Value),
        };
        foreach (var (section, options) in Sections)
        {
            foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                known[$"{section}:{property.Name}"] = new(KindOf(property.PropertyType), property);
            }
        }

        // It is taken from the connection strings.
        known.Remove($"Hub:Database:{nameof(DatabaseOptions.ConnectionString)}");
        return known;
    }

    private static SettingKind KindOf(Type type) =>
        type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable)) ? SettingKind.Value
        : type.IsAssignableTo(typeof(IDictionary))
        || type.GetInterfaces().Append(type).Any(each => each.IsGenericType && each.Name.Contains("Dictionary", StringComparison.Ordinal))
            ? SettingKind.Names
        : SettingKind.List;
}
