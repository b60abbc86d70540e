using Hub.Fields.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hub.Signatures;

/// <summary>Registers this room.</summary>
public static class HubSignatures
{
    /// <summary>The signature schemes. Reads <c>Hub:Signatures</c>, checked on start.</summary>
    public static IServiceCollection AddHubSignatures(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubOptions<SignatureOptions, SignatureOptionsValidator>(configuration, SignatureOptions.Section);
        return services
            .AddSingleton(static provider => provider.GetRequiredService<IOptions<SignatureOptions>>().Value.ReadTrust())
            .AddSingleton(static provider => new SignatureSchemes(provider.GetRequiredService<IOptions<SignatureOptions>>().Value.ProfileFolder));
    }
}
