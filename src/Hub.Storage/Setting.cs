namespace Hub.Storage;

/// <summary>A fact the hub keeps about itself.</summary>
public sealed class Setting
{
    public required string Key { get; init; }

    public required string Value { get; set; }
}
