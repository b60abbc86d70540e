namespace Hub.Api.Errors;

internal static class ErrorServices
{
    public static IServiceCollection AddErrors(this IServiceCollection services) =>
        services.AddSingleton<UnknownAddress>().AddProblemDetails(Problems.Customize).AddExceptionHandler<ErrorHandler>();
}
