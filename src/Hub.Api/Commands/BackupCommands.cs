using System.Runtime.InteropServices;
using Hub.Api.Settings;
using Hub.Storage;
using Hub.Storage.Embedded;
using Hub.Storage.Embedded.Backups;
using Microsoft.Extensions.Options;

namespace Hub.Api.Commands;

/// <summary><c>backup FOLDER</c> and <c>restore FOLDER</c>: done to a data directory from the outside, by the settings of the hub that uses it.</summary>
internal static class BackupCommands
{
    private const string WithoutKeys = "--without-keys";

    private const string Usage = """
        Without a command the hub starts; settings are environment variables (docs/operations.md).
          backup FOLDER [--without-keys]   backs up the hub's own database, also while it runs
          restore FOLDER                   makes the data directory anew from a backup
        """;

    /// <summary>A first word that is no setting. What nobody knows must not start a hub.</summary>
    public static bool IsAskedFor(string[] args) =>
        args is [var word, ..] && (word is "--help" or "-h" || !(word.StartsWith('-') || word.Contains('=', StringComparison.Ordinal)));

    /// <summary>Exit code 0 when it was done, else 1, with the reason in plain sentences.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args[0] is not ("backup" or "restore"))
        {
            var isHelp = args[0] is "--help" or "-h" or "help";
            await (isHelp ? Console.Out : Console.Error).WriteLineAsync(isHelp ? Usage : $"FlowPilot has no command '{args[0]}'.{Environment.NewLine}{Usage}");
            return isHelp ? 0 : 1;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            Console.WriteLine(await RunAsync(args, stop.Token));
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Refuse(args[0], "It was interrupted; what was copied so far was removed.");
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or IOException or UnauthorizedAccessException or Npgsql.NpgsqlException)
        {
            return Refuse(args[0], exception.Message);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<string> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args.Length < 2 || args[1].StartsWith('-') || (args.Length > 2 && !args[2].StartsWith('-')))
        {
            throw new EmbeddedPostgresException($"Name one folder, in quotes when there are blanks in it: {args[0]} FOLDER.");
        }

        if (SettingsFiles.FindUnreadable(Directory.GetCurrentDirectory()) is { } unreadable)
        {
            throw new EmbeddedPostgresException(unreadable);
        }

        var builder = Host.CreateApplicationBuilder([.. args.Skip(2).Where(argument => argument != WithoutKeys)]);
        var places = new SettingPlaces(builder.Configuration);
        DemandSettings(builder.Configuration);
        builder.Services.AddHubStorage(builder.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        using var host = builder.Build();
        if (!string.IsNullOrWhiteSpace(Demand<DatabaseOptions>(host.Services, places).ConnectionString))
        {
            throw new EmbeddedPostgresException(
                $"This hub uses a PostgreSQL of your own (ConnectionStrings__Hub): {(args[0] == "backup" ? "back it up" : "restore it")} "
                    + "with pg_dump or pg_basebackup and what belongs to them, and keep a copy of the folder 'keys' of Hub__DataDirectory."
            );
        }

        var options = Demand<EmbeddedPostgresOptions>(host.Services, places);
        var keys = HubDataDirectory.KeyRingOf(builder.Configuration["Hub:DataDirectory"]);
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger($"Hub.{args[0]}");
        return args[0] == "backup"
            ? await new EmbeddedBackup(options, args.Contains(WithoutKeys) ? null : keys, TimeProvider.System, logger).RunAsync(args[1], cancellationToken)
            : await new EmbeddedRestore(options, keys, logger).RunAsync(args[1], cancellationToken);
    }

    /// <summary>Only what these commands read: a backup must not wait until a setting of something else is mended.</summary>
    private static void DemandSettings(ConfigurationManager configuration)
    {
        var sections = new[] { "Hub:Database:", $"{EmbeddedPostgresOptions.Section}:" };
        var errors = SettingValues.Settle(configuration).Where(error => sections.Any(section => error.Path.StartsWith(section, StringComparison.Ordinal)));
        if (errors.Select(static error => error.Sentence).ToList() is { Count: > 0 } told)
        {
            throw new EmbeddedPostgresException(string.Join(' ', told));
        }
    }

    private static TOptions Demand<TOptions>(IServiceProvider services, SettingPlaces places)
        where TOptions : class
    {
        try
        {
            return services.GetRequiredService<IOptions<TOptions>>().Value;
        }
        catch (OptionsValidationException errors)
        {
            throw new EmbeddedPostgresException(string.Join(' ', errors.Failures.Select(places.Tell)), errors);
        }
    }

    private static int Refuse(string command, string reason)
    {
        Console.Error.WriteLine($"FlowPilot could not {(command == "backup" ? "back up" : command)}:{Environment.NewLine}  - {reason}");
        return 1;
    }
}
