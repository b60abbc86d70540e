using Hub.Fields;

namespace Hub.Api.Settings;

/// <summary>
/// Reads every value by the option that it is for, before any option is bound: what is wrong is told in words for people, and the framework's binder gets
/// what it can read.
/// </summary>
internal static class SettingValues
{
    private const int LongestShown = 60;

    /// <summary>What is wrong with the values. Those are put at their defaults, so that everything else can be checked as well.</summary>
    public static IReadOnlyList<SettingFault> Settle(IConfigurationRoot configuration)
    {
        var faults = new List<SettingFault>();
        foreach (var (path, setting) in KnownSettings.All)
        {
            if (setting is { Kind: SettingKind.Value, Type: { } type } && type != typeof(string) && configuration[path]?.Trim() is { } text)
            {
                var (value, fault) = text.Length == 0 ? (setting.Default, null) : SettingForm.Read(text, type, SettingRange.Of(setting.Property!));
                Note(faults, configuration, path, text, fault);
                configuration[path] = (fault is null ? value : setting.Default) is { } usable ? SettingForm.Write(usable) : null;
            }
        }

        SettleLogLevels(configuration, faults);
        return faults;
    }

    /// <summary>Those of the framework's logging, which the first logger would fail by.</summary>
    private static void SettleLogLevels(IConfigurationRoot configuration, List<SettingFault> faults)
    {
        foreach (var (path, value) in configuration.AsEnumerable().Where(static pair => IsLogLevel(pair.Key) && !string.IsNullOrEmpty(pair.Value)).ToList())
        {
            if (SettingForm.Read(value!.Trim(), typeof(LogLevel), SettingRange.None).Fault is { } fault)
            {
                Note(faults, configuration, path, value, fault);
                configuration[path] = nameof(LogLevel.Information);
            }
        }
    }

    private static bool IsLogLevel(string path) =>
        path.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase) && path.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("Logging:LogLevel:", StringComparison.OrdinalIgnoreCase);

    private static void Note(List<SettingFault> faults, IConfigurationRoot configuration, string path, string text, string? fault)
    {
        if (fault is not null)
        {
            var shown = Characters.Cut(text, LongestShown).ReplaceLineEndings(" ");
            faults.Add(new(path, $"{SettingPlace.Of(path, configuration).Introduce(path)} is '{shown}', {fault}"));
        }
    }
}
