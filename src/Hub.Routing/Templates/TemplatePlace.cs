namespace Hub.Routing.Templates;

/// <summary>Where the rendered text goes. Interpolated values are escaped for it; the template's own text never is.</summary>
public enum TemplatePlace
{
    /// <summary>Plain text: values as they are.</summary>
    Text,

    /// <summary>A JSON document: inside a string literal a value is escaped, elsewhere it is written as a JSON value.</summary>
    Json,

    /// <summary>A URL's path: values are percent-encoded, and none may be a dot segment.</summary>
    UrlPath,

    /// <summary>A URL's query: values are percent-encoded.</summary>
    UrlQuery,

    /// <summary>A header: a value with CR, LF or NUL is refused.</summary>
    Header,

    /// <summary>Slack's mrkdwn: <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> of a value become entities.</summary>
    Mrkdwn,
}
