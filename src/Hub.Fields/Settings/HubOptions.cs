using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Hub.Fields.Settings;

/// <summary>How every room takes its options from the settings.</summary>
public static class HubOptions
{
    /// <summary>
    /// Binds a section to its options, whose ranges and validators are asked when the hub starts. A validator's error begins with the setting's path.
    /// </summary>
    public static OptionsBuilder<TOptions> AddHubOptions<TOptions>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class => services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();

    /// <summary>The same of options that have rules of their own.</summary>
    public static OptionsBuilder<TOptions> AddHubOptions<TOptions, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        return services.AddHubOptions<TOptions>(configuration, section);
    }
}
