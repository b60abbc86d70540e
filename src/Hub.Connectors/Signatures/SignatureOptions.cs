namespace Hub.Connectors.Signatures;

/// <summary>Section <c>Hub:Signatures</c>.</summary>
public sealed class SignatureOptions
{
    public const string Section = "Hub:Signatures";

    /// <summary>A folder with signature profiles of the operator's own, one a file (<c>*.json</c>), read at the start; none unless given.</summary>
    public string? ProfileFolder { get; set; }
}
