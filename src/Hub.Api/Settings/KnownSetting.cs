using System.Reflection;

namespace Hub.Api.Settings;

/// <summary>A setting that the hub reads.</summary>
/// <param name="Kind">What may stand below its name.</param>
/// <param name="Property">The option it is for; null when it is read otherwise.</param>
internal sealed record KnownSetting(SettingKind Kind, PropertyInfo? Property = null)
{
    /// <summary>What its value is; of a value that may be left out as well.</summary>
    public Type? Type { get; } = Property is null ? null : Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>What the option is when nobody sets it.</summary>
    public object? Default => Property?.GetValue(Activator.CreateInstance(Property.DeclaringType!));
}
