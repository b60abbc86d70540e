using System.Text;
using Hub.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace Hub.Api.Bodies;

/// <summary>The framework reads only charsets whose names it knows and that stand without quotes, and throws over all others.</summary>
internal static class JsonCharset
{
    public static void UseJsonCharset(this WebApplication app) =>
        app.Use(
            static (context, next) =>
            {
                var request = context.Request;
                return
                    request.ContentType is { } type
                    && type.Contains("charset", StringComparison.OrdinalIgnoreCase)
                    && request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                    && MediaTypeHeaderValue.TryParse(type, out var media)
                    && media.Charset.HasValue
                    ? ReadAsync(context, media, next)
                    : next(context);
            }
        );

    private static Task ReadAsync(HttpContext context, MediaTypeHeaderValue media, RequestDelegate next)
    {
        var name = HeaderUtilities.RemoveQuotes(media.Charset).ToString().Trim();
        if (!IsKnown(name))
        {
            return Problems
                .Create(415, "charset_unknown", "The charset in Content-Type is not known here. JSON is UTF-8: send it as that, and leave the charset out.")
                .ExecuteAsync(context);
        }

        // JSON without a charset is UTF-8.
        media.Charset = name.Length == 0 || name.Equals("utf8", StringComparison.OrdinalIgnoreCase) ? null : name;
        context.Request.ContentType = media.ToString();
        return next(context);
    }

    private static bool IsKnown(string name)
    {
        if (name.Length == 0 || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            return Encoding.GetEncoding(name) is not null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // A name that nobody knows, or UTF-7, which the platform refuses.
            return false;
        }
    }
}
