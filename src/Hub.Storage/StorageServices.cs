using Hub.Fields.Settings;
using Hub.Storage.Credentials;
using Hub.Storage.DeadLetters;
using Hub.Storage.Deliveries;
using Hub.Storage.Destinations;
using Hub.Storage.Embedded;
using Hub.Storage.Executions;
using Hub.Storage.Health;
using Hub.Storage.Inbox;
using Hub.Storage.Journal;
using Hub.Storage.Notifications;
using Hub.Storage.Pausing;
using Hub.Storage.Quarantine;
using Hub.Storage.Queue;
using Hub.Storage.Retention;
using Hub.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Storage;

public static class StorageServices
{
    /// <summary>The key of the <see cref="TimeProvider"/> that the hub's time is made of.</summary>
    public const string MachineClock = "machine";

    /// <summary>
    /// The database, inbox, journal, queue and vault. The database is the first hosted service: it starts first and stops last. Secrets are bound to their
    /// places right after it.
    /// </summary>
    public static IServiceCollection AddHubStorage(this IServiceCollection services, IConfiguration configuration)
    {
        AddDatabase(services, configuration);
        services.AddSingleton<HubNode>();
        services.AddSingleton<ExecutionQueue>();
        services.AddSingleton<ExecutionWaits>();
        services.AddSingleton<EndedExecutions>();
        services.AddSingleton<HubChannel>();
        services.AddSingleton<GoneDestinationTable>();
        services.AddSingleton<DeadLetterReplays>();
        services.AddSingleton<SecretUseRecord>();
        AddDeliveries(services, configuration);
        services.AddHubOptions<JournalOptions>(configuration, JournalOptions.Section);
        services.AddSingleton<JournalWriter>();
        return services;
    }

    private static void AddDeliveries(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHubOptions<InboxOptions>(configuration, InboxOptions.Section);
        services.AddHubOptions<QuarantineOptions>(configuration, QuarantineOptions.Section);
        services.AddHubOptions<RetentionOptions>(configuration, RetentionOptions.Section);
        services.AddSingleton<InboxWriter>();
        services.AddSingleton<QuarantineBounds>();
        services.AddSingleton<QuarantineWriter>();
        services.AddSingleton<RefusalCounts>();
        services.AddSingleton<SliceStore>();
        services.AddSingleton<DeliverySearch>();
    }

    private static void AddDatabase(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddHubOptions<DatabaseOptions>(configuration, "Hub:Database")
            .Configure(options => options.ConnectionString = configuration.GetConnectionString("Hub"))
            .Configure(options => options.CommitConnections = WritersOf(configuration, InboxOptions.Section) + WritersOf(configuration, JournalOptions.Section))
            .Validate(
                options => options.HasRoomForWriters,
                "Hub:Database:MaxConnections must be at least 10 more than Hub:Inbox:Writers and Hub:Journal:Writers together."
            )
            .Validate(
                options => ConnectionStringIsValid(options.ConnectionString),
                "ConnectionStrings:Hub is not a PostgreSQL connection string such as 'Host=db;Database=hub;Username=hub;Password=...'."
            );
        services
            .AddHubOptions<EmbeddedPostgresOptions>(configuration, EmbeddedPostgresOptions.Section)
            .Configure(options => options.DataDirectory ??= configuration["Hub:DataDirectory"]);
        services.AddHubOptions<HubStartOptions>(configuration, "Hub");
        services.AddSingleton<HubPause>();
        services.AddSingleton<HubDatabase>();
        services.AddHostedService(provider => provider.GetRequiredService<HubDatabase>());
        services.AddHostedService(provider => new KeyRingPresence(
            provider.GetRequiredService<HubDatabase>(),
            HubDataDirectory.KeyRingOf(configuration["Hub:DataDirectory"])
        ));
        services.TryAddKeyedSingleton(MachineClock, TimeProvider.System);
        services.AddSingleton(provider => new HubClock(provider.GetRequiredKeyedService<TimeProvider>(MachineClock)));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<HubClock>());
        services.AddHostedService<ClockCheck>();
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<SecretVault>();
        services.AddHostedService<SecretBinding>();
    }

    /// <summary>What cannot be read is told by the check of that section.</summary>
    private static int WritersOf(IConfiguration configuration, string section) =>
        int.TryParse(configuration[$"{section}:Writers"], out var writers) ? writers : 1;

    private static bool ConnectionStringIsValid(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) || !string.IsNullOrEmpty(new Npgsql.NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
