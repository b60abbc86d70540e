using System.Reflection;
using Hub.Engine;
using Microsoft.Extensions.Options;

namespace Hub.Api.Startup;

/// <summary>
/// Ends the process when a stop takes too long, as it does while the database is frozen. That loses nothing: what was acknowledged is in the database,
/// leases run out, and a server that was left behind is taken over by the next start.
/// </summary>
internal static partial class StopDeadline
{
    /// <summary>For everything but running executions: giving back what is leased, and stopping the database.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(13);

    private const int ExitCode = 1;

    /// <summary>Counts from when the stop was asked for. A host inside another program, as in tests, is left to that program.</summary>
    public static void Watch(WebApplication app)
    {
        if (Assembly.GetEntryAssembly() != typeof(StopDeadline).Assembly)
        {
            return;
        }

        var limit = app.Services.GetRequiredService<IOptions<EngineOptions>>().Value.DrainTimeout + Rest;
        var logger = app.Logger;
        app.Lifetime.ApplicationStopping.Register(() => new Thread(() => EndAfter(limit, logger)) { IsBackground = true, Name = "stop deadline" }.Start());
    }

    private static void EndAfter(TimeSpan limit, ILogger logger)
    {
        // A thread of its own: the pool may be busy with what does not end.
        Thread.Sleep(limit);
        Log.Late(logger, limit.TotalSeconds);
        Environment.Exit(ExitCode);
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Error,
            "The stop took longer than {Seconds} s, most often as the database does not answer; the process ends. Nothing acknowledged is lost"
        )]
        public static partial void Late(ILogger logger, double seconds);
    }
}
