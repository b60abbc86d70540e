using Hub.Routing.Templates.Syntax;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>url</c>: percent-encoding, and <c>url.raw</c> for a value that is already encoded.</summary>
internal static class UrlFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("encode(text text)", a => a.Made(Uri.EscapeDataString))
            .Add("decode(text text)", a => a.Text(0) is { } text ? a.State.Charged(Uri.UnescapeDataString(text)) : null)
            .Add("raw(any value)", a => a[0], Escaping.None);
}
