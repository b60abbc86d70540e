using Hub.Api.Errors;

namespace Hub.Api.OpenApi;

/// <summary>
/// Pages that are large and ask for no key. Who does not read its answer makes the hub hold it, so only some are given out at once.
/// </summary>
internal static class PublicPages
{
    private const int AtOnce = 32;
    private const int RetryAfter = 2;

    public static void UsePublicPages(this WebApplication app)
    {
        var places = new SemaphoreSlim(AtOnce);
        app.Use(
            (context, next) =>
            {
                if (!IsPublic(context.Request.Path))
                {
                    return next(context);
                }

                if (!places.Wait(0))
                {
                    context.Response.Headers.RetryAfter = $"{RetryAfter}";
                    return Problems.Create(503, "busy", "Too many of these pages are being sent at the moment. Ask again shortly.").ExecuteAsync(context);
                }

                // The answer is over once its last byte has left, or nobody takes it any more.
                context.Response.OnCompleted(() =>
                {
                    places.Release();
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );
    }

    private static bool IsPublic(PathString path) =>
        path.StartsWithSegments("/docs", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);
}
