using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.Sources;

internal static class SourceServices
{
    public static IServiceCollection AddSources(this IServiceCollection services) =>
        services
            .AddSingleton<SourceRules>()
            .AddSingleton<StoredSecrets>()
            .AddSingleton<StoredAddresses>()
            .AddSingleton<SourceChanges>()
            .AddSingleton<SourceViews>()
            .AddSingleton<SourceOperations>()
            .AddSingleton<SecretRotation>()
            .AddSingleton<AddressRotation>()
            .AddSingleton<RequestVerification>();
}
