namespace Hub.Api.Settings;

/// <summary>A value that cannot be used, told with what to write instead.</summary>
internal sealed record SettingError(string Path, string Sentence);
