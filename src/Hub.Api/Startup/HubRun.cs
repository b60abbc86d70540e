using Hub.Api.Settings;
using Hub.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace Hub.Api.Startup;

internal static partial class HubRun
{
    /// <summary>Runs until stopped. What keeps the hub from starting is said in plain sentences, all of it at once; the exit code is then 1.</summary>
    public static async Task<int> RunHubAsync(this WebApplication app)
    {
        var bad = app.Services.GetRequiredService<IReadOnlyList<SettingError>>().Select(static error => error.Sentence).ToList();
        var places = app.Services.GetRequiredService<SettingPlaces>();
        var unknown = UnknownSettings.Of((IConfigurationRoot)app.Configuration);
        try
        {
            // Before anything is built that reads options, or the first bad value would hide the others.
            app.Services.GetService<IStartupValidator>()?.Validate();
            if (bad.Count > 0)
            {
                return Refuse([.. bad, .. unknown]);
            }

            AddressCheck.ThrowIfInUse(app);
            Console.WriteLine($"FlowPilot {typeof(HubRun).Assembly.GetName().Version?.ToString(3)} is starting");
            foreach (var sentence in unknown)
            {
                Log.UnknownSetting(app.Logger, sentence);
            }

            StopDeadline.Watch(app);
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped before it was ready.
            return 0;
        }
        catch (OptionsValidationException errors)
        {
            return Refuse([.. bad, .. errors.Failures.Select(places.Tell), .. unknown]);
        }
        catch (AggregateException errors) when (errors.InnerExceptions.All(error => error is OptionsValidationException))
        {
            return Refuse([
                .. bad,
                .. errors.InnerExceptions.SelectMany(error => ((OptionsValidationException)error).Failures).Select(places.Tell),
                .. unknown,
            ]);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or EmbeddedPostgresException or Npgsql.NpgsqlException)
        {
            return Refuse([places.Tell(exception.Message)]);
        }
#pragma warning disable CA1031 // The last place to say why; there is nobody left to throw to.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Refuse([exception.ToString()]);
        }
    }

    /// <summary>Says why the hub does not start; the exit code for that.</summary>
    public static int Refuse(IEnumerable<string> reasons)
    {
        Console.Error.WriteLine(string.Join(Environment.NewLine, ["FlowPilot cannot start:", .. reasons.Select(reason => $"  - {reason}")]));
        return 1;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Sentence}")]
        public static partial void UnknownSetting(ILogger logger, string sentence);
    }
}
