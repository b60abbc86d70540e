using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Hub.Fields;

namespace Hub.Api.Settings;

/// <summary>From where to where a setting goes, by the attribute of its option.</summary>
internal sealed class SettingRange(RangeAttribute? range)
{
    public static SettingRange None { get; } = new(null);

    public static SettingRange Of(PropertyInfo property) => new(property.GetCustomAttribute<RangeAttribute>());

    public bool Holds(object value) => range is null || range.IsValid(value);

    /// <summary>Such as <c> from 2s to 10m</c>; empty when there are no bounds.</summary>
    public string Told(Type type) => range is null ? "" : $" from {Written(range.Minimum, type)} to {Written(range.Maximum, type)}";

    // An attribute has numbers as they were written in the code, of others a text.
    private static string Written(object bound, Type type) =>
        type == typeof(TimeSpan) ? DurationText.Write(bound as TimeSpan? ?? TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture))
        : type == typeof(double) ? Convert.ToString(bound, CultureInfo.InvariantCulture)!
        : Convert.ToDecimal(bound, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
