namespace Hub.Fields.Settings;

/// <summary>A value that people gave, as errors name it.</summary>
public static class ShownValue
{
    private const int LongestShown = 60;

    /// <summary>In quotes, cut and on one line; what may hold a password, as an address does before its <c>@</c>, is not shown.</summary>
    public static string Of(string? value) =>
        MayHoldPassword(value) ? "a value that may hold a password" : $"'{Characters.Cut(value ?? "", LongestShown).ReplaceLineEndings(" ")}'";

    private static bool MayHoldPassword(string? value) =>
        value is not null && (value.Contains('@', StringComparison.Ordinal) || value.Contains("password", StringComparison.OrdinalIgnoreCase));
}
