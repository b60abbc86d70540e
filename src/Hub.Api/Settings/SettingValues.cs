using Hub.Fields.Settings;

namespace Hub.Api.Settings;

/// <summary>
/// Reads every value by the option that it is for, before any option is bound: what is wrong is told in words for people, and the framework's binder gets
/// what it can read.
/// </summary>
internal static class SettingValues
{
    /// <summary>What is wrong with the values. Those are put at their defaults, so that everything else can be checked as well.</summary>
    public static IReadOnlyList<SettingError> Settle(IConfigurationRoot configuration)
    {
        var errors = new List<SettingError>();
        foreach (var (path, setting) in KnownSettings.All)
        {
            if (setting is { Kind: SettingKind.Value, Type: { } type } && type != typeof(string) && configuration[path]?.Trim() is { } text)
            {
                var (value, error) = text.Length == 0 ? (setting.Default, null) : SettingForm.Read(text, type, SettingRange.Of(setting.Property!));
                Note(errors, configuration, path, text, error);
                configuration[path] = (error is null ? value : setting.Default) is { } usable ? SettingForm.Write(usable) : null;
            }
        }

        SettleLogLevels(configuration, errors);
        return errors;
    }

    /// <summary>Those of the framework's logging, which the first logger would fail by.</summary>
    private static void SettleLogLevels(IConfigurationRoot configuration, List<SettingError> errors)
    {
        foreach (var (path, value) in configuration.AsEnumerable().Where(static pair => IsLogLevel(pair.Key) && !string.IsNullOrEmpty(pair.Value)).ToList())
        {
            if (SettingForm.Read(value!.Trim(), typeof(LogLevel), SettingRange.None).Error is { } error)
            {
                Note(errors, configuration, path, value, error);
                configuration[path] = nameof(LogLevel.Information);
            }
        }
    }

    private static bool IsLogLevel(string path) =>
        path.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase) && path.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("Logging:LogLevel:", StringComparison.OrdinalIgnoreCase);

    private static void Note(List<SettingError> errors, IConfigurationRoot configuration, string path, string text, string? error)
    {
        if (error is not null)
        {
            errors.Add(new(path, $"{SettingPlace.Of(path, configuration).Introduce(path)} is {ShownValue.Of(text)}, {error}"));
        }
    }
}
