using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hub.Storage;

/// <summary>Waits at the start for a server that is not there yet, or still starting, and says so every few seconds.</summary>
/// <param name="server">Host and port, for people.</param>
internal sealed partial class ServerWait(string server, TimeSpan patience, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    /// <summary>Does it, again and again while the server is away and patience lasts.</summary>
    /// <exception cref="InvalidOperationException">The server stayed away.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var told = false;
        var lastTold = begun;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await work(cancellationToken);
                if (told)
                {
                    Log.Answers(logger, server, (int)time.GetElapsedTime(begun).TotalSeconds);
                }

                return;
            }
            catch (Exception exception) when (Passes(exception) && !cancellationToken.IsCancellationRequested)
            {
                var waited = time.GetElapsedTime(begun);
                if (waited + pause > patience)
                {
                    throw new InvalidOperationException(
                        $"PostgreSQL at {server} did not answer within {patience.TotalSeconds:0.#} s (Hub:Database:StartTimeout): {Reason(exception)}. Start "
                            + "it, or correct ConnectionStrings__Hub.",
                        exception
                    );
                }

                if (!told || time.GetElapsedTime(lastTold) >= TellEvery)
                {
                    (told, lastTold) = (true, time.GetTimestamp());
                    Log.Waiting(logger, server, (int)waited.TotalSeconds, (int)patience.TotalSeconds, Reason(exception));
                }
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>
    /// Whether the same may succeed a little later: nothing listens yet, no answer came, or the server says that it starts, ends or is full, or that
    /// a table is locked. A wrong password or a database that does not exist stays wrong.
    /// </summary>
    internal static bool Passes(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException said)
            {
                return said.SqlState == PostgresErrorCodes.LockNotAvailable || said.SqlState[..2] is "08" or "53" or "57" or "58";
            }

            if (inner is SocketException or IOException or TimeoutException)
            {
                return true;
            }
        }

        return false;
    }

    private static string Reason(Exception exception) =>
        (exception is NpgsqlException { InnerException: SocketException cause } ? cause.Message : exception.Message).TrimEnd('.');

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Waiting for PostgreSQL at {Server} ({Waited} of {Patience} s): {Reason}")]
        public static partial void Waiting(ILogger logger, string server, int waited, int patience, string reason);

        [LoggerMessage(2, LogLevel.Information, "PostgreSQL at {Server} answers after {Waited} s")]
        public static partial void Answers(ILogger logger, string server, int waited);
    }
}
