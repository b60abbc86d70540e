using System.Globalization;
using System.Numerics;
using Hub.Fields;
using Hub.Routing.Conditions;

namespace Hub.Api.Settings;

/// <summary>Reads the text of a setting by the type of its option.</summary>
internal static class SettingForm
{
    private static readonly string[] Durations = ["500ms", "2s", "30s", "5m", "1h", "7d", "PT2S", "00:00:02", "00:00:30"];

    /// <summary>The likeliest first.</summary>
    private static readonly string[] Units = ["s", "ms", "m", "h", "d"];

    /// <summary>The value, or what is wrong with the text and what to write. A type that takes any text gives that.</summary>
    public static (object? Value, string? Error) Read(string text, Type type, SettingRange range) =>
        type == typeof(TimeSpan) ? ReadDuration(text, range)
        : type == typeof(int) || type == typeof(long) ? ReadWhole(text, type, range)
        : type == typeof(double) ? ReadNumber(text, range)
        : type == typeof(bool) ? ReadChoice(text, ["true", "false"], static text => bool.Parse(text))
        : type.IsEnum ? ReadChoice(text, [.. Enum.GetNames(type).Select(static name => name.ToLowerInvariant())], name => Enum.Parse(type, name, true))
        : type == typeof(Uri) ? ReadAddress(text)
        : (text, null);

    /// <summary>The value as the binder of options reads it.</summary>
    public static string Write(object value) =>
        value switch
        {
            TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    private static (object?, string?) ReadDuration(string text, SettingRange range)
    {
        var remedy = $"Write a duration{range.Told(typeof(TimeSpan))}, such as {ExamplesIn(range)}.";
        return IsDecimal(text, out _) ? (null, $"which has no unit. {WithUnit(text, range)}{remedy}")
            : !DurationText.TryParse(text, out var duration) ? (null, $"which is no duration. {MeantBy(text)}{remedy}")
            : Ranged(duration, range, remedy);
    }

    /// <summary>Only what this setting takes.</summary>
    private static string ExamplesIn(SettingRange range)
    {
        string[] fitting = [.. Durations.Where(example => Takes(example, range))];
        return $"{string.Join(", ", fitting[..^1])} or {fitting[^1]}";
    }

    private static string WithUnit(string text, SettingRange range) =>
        Array.Find(Units, unit => Takes(text + unit, range)) is { } unit ? $"Did you mean {text}{unit}? " : "";

    private static string MeantBy(string text) => DurationText.RemedyFor(text) is var meant && meant != DurationText.Remedy ? $"{meant} " : "";

    private static bool Takes(string text, SettingRange range) => DurationText.TryParse(text, out var duration) && range.Holds(duration);

    private static (object?, string?) ReadWhole(string text, Type type, SettingRange range)
    {
        var remedy = $"Write a whole number{range.Told(type)}, in digits alone.";
        return !BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? (null, $"which is no whole number. {remedy}")
            : type == typeof(int) ? Ranged(int.CreateSaturating(whole), range, remedy)
            : Ranged(long.CreateSaturating(whole), range, remedy);
    }

    private static (object?, string?) ReadNumber(string text, SettingRange range)
    {
        var remedy = $"Write a number{range.Told(typeof(double))}, with a point before its fraction.";
        return !IsDecimal(text, out var number) ? (null, $"which is no number. {remedy}") : Ranged((double)number, range, remedy);
    }

    private static (object?, string?) Ranged(object value, SettingRange range, string remedy) =>
        range.Holds(value) ? (value, null) : (null, $"which is out of range. {remedy}");

    // The numbers of an enumeration are the code's, not people's.
    private static (object?, string?) ReadChoice(string text, string[] names, Func<string, object> parse)
    {
        var remedy = $"Write {string.Join(", ", names[..^1])} or {names[^1]}.";
        return names.Contains(text, StringComparer.OrdinalIgnoreCase) ? (parse(text), null)
            : NearestName.Find(text, names) is { } nearest ? (null, $"which is not known. Did you mean {nearest}? {remedy}")
            : (null, $"which is not known. {remedy}");
    }

    private static (object?, string?) ReadAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? (address, null) : (null, "which is no address. Write one such as https://example.com/api/.");

    private static bool IsDecimal(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
}
