using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Api.Bodies;
using Hub.Api.Connections;
using Hub.Api.Errors;
using Hub.Api.Health;
using Hub.Api.Settings;
using Hub.Api.Startup;
using Hub.Api.Webhooks;
using Hub.Engine;
using Hub.Fields;
using Hub.Fields.Headers;
using Hub.Fields.Settings;
using Hub.Operations.Sources;
using Hub.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Hub.Api;

/// <summary>How the process is hosted: address, limits, logging, JSON.</summary>
internal static class HubHosting
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Log lines that may wait to be printed; further ones are dropped and counted.</summary>
    private const int LinesWaiting = 10_000;

    /// <summary>The largest request body any endpoint takes, in bytes; each endpoint sets its own lower limit.</summary>
    public const int MaxBody = SourceRules.LargestBodyLimit;

    /// <summary>
    /// Settings are read once, at the start. To see their files change, the framework would watch every folder below the working folder, however many there
    /// are.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
        builder.Services.AddSingleton(new SettingPlaces(builder.Configuration));
        builder.Services.AddSingleton(SettingValues.Settle(builder.Configuration));
        return builder;
    }

    public static void AddHubHosting(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["http_ports"]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        IgnoreForwardedHeaders(builder);
        builder.Services.AddHubOptions<HubAddressOptions, HubAddressOptionsValidator>(builder.Configuration, HubAddressOptions.Section);
        builder.Services.AddHubOptions<LimitOptions>(builder.Configuration, LimitOptions.Section);
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>(static (kestrel, services) => ApplyLimits(kestrel, services));
        PatientConsole.Install();
        builder.Logging.AddConsole(console => (console.QueueFullMode, console.MaxQueueLength) = (ConsoleLoggerQueueFullMode.DropWrite, LinesWaiting));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Hub.Api.Auth.AdminKeyHandler", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = DrainTimeout(builder.Configuration) + StopDeadline.Rest;

            // One worker that falls must not take the door with it.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
    }

    /// <summary>
    /// <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> would have the framework believe anybody's X-Forwarded-For before the hub sees the request.
    /// Whom to believe is said by <see cref="HubAddressOptions.TrustedProxies"/> alone.
    /// </summary>
    private static void IgnoreForwardedHeaders(WebApplicationBuilder builder) => builder.Configuration["ForwardedHeaders_Enabled"] = "false";

    /// <summary>The server reads its options while the host is built, before settings are checked: a bad one is told then, with all others.</summary>
    private static void ApplyLimits(KestrelServerOptions kestrel, IServiceProvider services)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = static _ => HeaderText.Encoding;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        try
        {
            services.GetRequiredService<IOptions<LimitOptions>>().Value.ApplyTo(kestrel);
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                var connections = services.GetRequiredService<AddressConnections>();
                endpoint.Use(next => connection => connections.RunAsync(connection, next));
            });
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            // The check of settings at the start refuses them.
        }
    }

    /// <summary>The host reads its options while it is built, before settings are checked, so a bad one must not throw here.</summary>
    private static TimeSpan DrainTimeout(IConfiguration configuration) =>
        TimeSpan.TryParse(configuration[$"{EngineOptions.Section}:{nameof(EngineOptions.DrainTimeout)}"], out var asked) && asked < TimeSpan.FromDays(1)
            ? asked
            : new EngineOptions().DrainTimeout;

    public static IServiceCollection AddHubApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
            json.SerializerOptions.Encoder = PlainJson.Encoder;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        // The one place that decides in which workspace a request acts.
        services.AddScoped(static _ => WorkspaceScope.Default);
        services.AddOpenApi("v1", OpenApi.HubOpenApi.Configure);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<AddressConnections>();
        services.AddSingleton<HubHealth>();
        services.AddErrors();
        services.AddBodies();
        services.AddWebhooks();
        services.AddStartup();
        return services;
    }
}
