namespace Hub.Api.Settings;

/// <summary>What may stand below a setting's name.</summary>
internal enum SettingKind
{
    /// <summary>Nothing: it has a value itself.</summary>
    Value,

    /// <summary>Values by their number, from 0.</summary>
    List,

    /// <summary>Values by any names.</summary>
    Names,
}
