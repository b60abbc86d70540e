namespace Hub.Api.Auth;

/// <summary>The key that an operator chose, section <c>Hub</c>.</summary>
public sealed class AdminKeyOptions
{
    public const string Section = "Hub";

    /// <summary>Characters that a key has at least, white space not counted: what opens everything must not be guessed.</summary>
    public const int LeastLength = 32;

    /// <summary>Null or empty for one that the hub makes itself.</summary>
    public string? AdminKey { get; set; }
}
