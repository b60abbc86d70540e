using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Credentials;

internal static class CredentialServices
{
    public static IServiceCollection AddCredentials(this IServiceCollection services) => services.AddSingleton<CredentialOperations>();
}
