using Hub.Fields.Settings;
using Hub.Storage.Embedded;
using Hub.Storage.Sources;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Hub.Api.Auth;

internal static class AuthServices
{
    /// <summary>The admin key before /api, and the key ring that encrypts secrets, kept in the data directory.</summary>
    public static IServiceCollection AddHubAuth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubOptions<AdminKeyOptions, AdminKeyOptionsValidator>(configuration, AdminKeyOptions.Section);
        services.AddSingleton<AdminKey>();
        services.AddSingleton<KeyGuesses>();
        services.AddHostedService(provider => provider.GetRequiredService<AdminKey>());
        services.AddAuthentication(AdminKeyHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, AdminKeyHandler>(AdminKeyHandler.SchemeName, null);
        services.AddAuthorization();
        services.AddDataProtection().SetApplicationName("FlowPilot");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<ILoggerFactory>(
                (keys, logging) =>
                    keys.XmlRepository = new KeyRingFolder(new DirectoryInfo(HubDataDirectory.Open(configuration["Hub:DataDirectory"]).KeyRingPath), logging)
            );
        services.AddHostedService<KeyRingCheck>();

        // After the check: with another key ring nobody could read what it encrypts.
        services.AddHostedService<AddressProtection>();
        return services;
    }
}
