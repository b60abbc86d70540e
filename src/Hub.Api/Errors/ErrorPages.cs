namespace Hub.Api.Errors;

internal static class ErrorPages
{
    /// <summary>Every error answer becomes problem details, also those of the framework.</summary>
    public static void UseHubErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages();
        app.Use(static (context, next) => RequestFraming.Check(context, next));
    }
}
