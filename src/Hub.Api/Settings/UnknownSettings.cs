using Hub.Routing.Conditions;

namespace Hub.Api.Settings;

/// <summary>Finds settings that nothing reads: a misspelt one would be ignored without a word. Values, which may be secrets, are not told.</summary>
internal static class UnknownSettings
{
    private const string OldConnection = "Hub:Database:ConnectionString";

    /// <summary>A sentence for each, with the name that was most likely meant.</summary>
    public static IReadOnlyList<string> Of(IConfigurationRoot configuration) =>
        [
            .. configuration
                .AsEnumerable()
                .Where(pair => !string.IsNullOrEmpty(pair.Value))
                .Select(pair => ErrorOf(pair.Key, configuration))
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    private static string? ErrorOf(string path, IConfigurationRoot configuration)
    {
        if (!IsHubs(path))
        {
            return Joined(path) is { } meant ? Sentence(path, configuration, meant) : null;
        }

        return KnownSettings.All.TryGetValue(path, out var known)
            ? known.Kind == SettingKind.Value
                ? null
                : ListSentence(path, configuration)
            : IsBelowKnown(path)
                ? null
                : Sentence(path, configuration, Nearest(path));
    }

    private static bool IsHubs(string path) =>
        path.StartsWith("Hub:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase);

    private static bool IsBelowKnown(string path) =>
        path.LastIndexOf(':') is var end && KnownSettings.All.TryGetValue(path[..end], out var known) && known.Kind != SettingKind.Value;

    /// <summary>The setting that is meant by <c>HUB_ADMIN_KEY</c> or <c>Hub.AdminKey</c>; null when it is none of the hub's.</summary>
    private static string? Joined(string name)
    {
        var letters = Letters(name);
        return name.Contains(':', StringComparison.Ordinal) || letters == "hub" || !letters.StartsWith("hub", StringComparison.Ordinal)
            ? null
            : KnownSettings.All.Keys.FirstOrDefault(known => Letters(known) == letters);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>One of the same name in another section, else the one that is spelt most alike.</summary>
    private static string? Nearest(string path)
    {
        if (string.Equals(path, OldConnection, StringComparison.OrdinalIgnoreCase))
        {
            return KnownSettings.Connection;
        }

        var last = path[(path.LastIndexOf(':') + 1)..];
        var elsewhere = KnownSettings.All.Keys.Where(known => known.EndsWith(':' + last, StringComparison.OrdinalIgnoreCase)).ToArray();
        return NearestName.Find(path, elsewhere) ?? elsewhere.FirstOrDefault() ?? NearestName.Find(path, KnownSettings.All.Keys);
    }

    private static string Sentence(string path, IConfigurationRoot configuration, string? nearest)
    {
        var place = SettingPlace.Of(path, configuration);
        return $"{place.Introduce(path)} is not a setting of the hub and is ignored. "
            + (nearest is null ? "docs/operations.md lists them." : $"Did you mean {place.Write(nearest)}?");
    }

    private static string ListSentence(string path, IConfigurationRoot configuration)
    {
        var place = SettingPlace.Of(path, configuration);
        return $"{place.Introduce(path)} takes several values, and is ignored as it is written. Give each below it, such as {place.Write(path + ":0")}.";
    }
}
