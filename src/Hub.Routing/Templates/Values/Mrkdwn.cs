namespace Hub.Routing.Templates.Values;

/// <summary>
/// Slack's markup: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> of a value become entities, so that it neither mentions nor links
/// (docs.slack.dev/messaging/formatting-message-text).
/// </summary>
internal static class Mrkdwn
{
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('&', '<', '>') < 0
            ? text
            : text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Right behind a written <c>&lt;</c> there should be an address: <c>!channel</c>, <c>@U1</c> or <c>#C1</c> would mention instead.</summary>
    public static string AsAddress(string text) => text is ['!' or '@' or '#', ..] ? Uri.HexEscape(text[0]) + text[1..] : text;
}
