using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace Hub.Api.Settings;

/// <summary>Where a setting was given, and how its name is written there.</summary>
internal sealed record SettingPlace(string Name, bool IsEnvironment)
{
    /// <summary>Nobody gave it; its name is written as most would give it.</summary>
    public static SettingPlace Default { get; } = new("default", true);

    /// <summary>Of several places the last one, whose value holds.</summary>
    public static SettingPlace Of(string path, IConfigurationRoot configuration) =>
        configuration.Providers.LastOrDefault(provider => provider.TryGet(path, out _)) switch
        {
            EnvironmentVariablesConfigurationProvider => new("environment", true),
            CommandLineConfigurationProvider => new("command line", false),
            FileConfigurationProvider { Source.Path: { } file } => new(file, false),
            null => Default,
            _ => new("configuration", false),
        };

    public string Write(string path) => IsEnvironment ? path.Replace(":", "__", StringComparison.Ordinal) : path;

    /// <summary>The start of a sentence about the setting.</summary>
    public string Introduce(string path) => $"{Write(path)} ({Name})";
}
