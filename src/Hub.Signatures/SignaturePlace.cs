namespace Hub.Signatures;

/// <summary>Where the signature is: in a header or in a field of the body, exactly one of the two.</summary>
/// <param name="Header">The header that holds it.</param>
/// <param name="Encoding">How the digest is written.</param>
/// <param name="Prefix">Stands before each signature: <c>sha256=</c>.</param>
/// <param name="PrefixOptional">Whether a signature without the prefix is read as well.</param>
/// <param name="ListSeparator">Stands between several entries of the header; null when it holds one signature.</param>
/// <param name="Key">The entries that are signatures, in a list of keyed entries: <c>v1</c>. All others are left alone.</param>
/// <param name="KeySeparator">Stands between an entry's key and its value.</param>
/// <param name="BodyField">JSON Pointer into the body, or into each item where the profile names items.</param>
/// <param name="PrefixAnyCase">Whether the prefix is read in any case, as the names of HTTP authentication schemes are.</param>
/// <param name="Query">A query parameter that holds the token where the header is not there.</param>
public sealed record SignaturePlace(
    string Header = "",
    ByteEncoding Encoding = ByteEncoding.Hex,
    string Prefix = "",
    bool PrefixOptional = false,
    string? ListSeparator = null,
    string? Key = null,
    string KeySeparator = "=",
    string? BodyField = null,
    bool PrefixAnyCase = false,
    string? Query = null
)
{
    /// <summary>What to call the place in a sentence.</summary>
    public string Name =>
        Query is not null ? $"{Header} or the query parameter {Query}"
        : BodyField is null ? Header
        : "the body's " + BodyField;
}
