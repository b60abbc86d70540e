using System.Net;
using System.Text.RegularExpressions;
using Hub.Routing.Templates.Running;

namespace Hub.Routing.Templates.Functions;

/// <summary><c>html</c>: text for pages and addresses.</summary>
internal static partial class HtmlFunctions
{
    public static BuiltinGroup Create() =>
        new BuiltinGroup()
            .Add("strip(text text)", a => a.Text(0) is not { Length: > 0 } text ? a.Text(0) : Tags().Replace(text, ""))
            .Add("escape(text text)", a => a.Made(WebUtility.HtmlEncode!))
            .Add("newline_to_br(text text)", a => a.Made(text => LineEnds().Replace(text, "<br />$0")))
            .Add("url_encode(text text)", a => a.Made(Uri.EscapeDataString))
            .Add("url_escape(text text)", a => a.Made(EscapeUrl));

    /// <summary>Escapes what no URL may contain, and leaves its syntax alone.</summary>
    private static string EscapeUrl(string text)
    {
        const string Reserved = ":/?#[]@!$&'()*+,;=%";
        var buffer = new TextBuffer(text.Length + 16);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || Reserved.Contains(text[i], StringComparison.Ordinal))
            {
                // Uri does what is between: letters and digits stay, the rest is percent-encoded.
                buffer.Append(Uri.EscapeDataString(text[start..i]));
                if (i < text.Length)
                {
                    buffer.Append(text[i] == '%' ? "%25" : text[i].ToString());
                }

                start = i + 1;
            }
        }

        return buffer.Finish();
    }

    [GeneratedRegex(
        "<script.*?</script>|<!--.*?-->|<style.*?</style>|<(?:[^>=]|='[^']*'|=\"[^\"]*\"|=[^'\"][^\\s>]*)*>",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Tags();

    [GeneratedRegex("\r\n|\r|\n", RegexOptions.NonBacktracking)]
    private static partial Regex LineEnds();
}
