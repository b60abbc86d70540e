namespace Hub.Api;

/// <summary>
/// What every answer tells browsers, errors included. Webhook answers say what senders and workflows want, under the same origin as the pages: a browser
/// shows them without an origin of their own, and runs nothing.
/// </summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    private const string Answer = "sandbox; " + Nothing;

    /// <summary>The try-out page brings its scripts itself and styles its elements one by one.</summary>
    private const string Page =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            static (context, next) =>
            {
                Apply(context);
                return next(context);
            }
        );

    /// <summary>Again after an error, which begins its answer anew.</summary>
    public static void Apply(HttpContext context)
    {
        var (path, headers) = (context.Request.Path, context.Response.Headers);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            Leads(path, "/webhooks") ? Answer
            : Leads(path, "/docs") ? Page
            : Nothing;
        if (Leads(path, "/api"))
        {
            headers.CacheControl = "no-store";
        }
    }

    private static bool Leads(PathString path, string to) => path.StartsWithSegments(to, StringComparison.OrdinalIgnoreCase);
}
