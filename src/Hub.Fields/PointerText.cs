namespace Hub.Fields;

/// <summary>The names in a JSON Pointer (RFC 6901).</summary>
public static class PointerText
{
    /// <summary>A name as it is written between slashes.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    /// <summary>The name that is written between slashes.</summary>
    public static string Unescape(string written)
    {
        ArgumentNullException.ThrowIfNull(written);
        return written.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
