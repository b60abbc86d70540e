using System.Net.Sockets;
using Hub.Connectors.Contract;
using Hub.Storage;

namespace Hub.Engine.Steps;

/// <summary>
/// What an exception means that an action let escape. It is sorted where the action was called: further out the same type would mean that the database is
/// away or that the execution was cancelled, and the try would neither count nor end.
/// </summary>
internal static class EscapedErrors
{
    /// <returns>Null when it is none of the call's own: the action has a bug, and the step says so.</returns>
    public static ConnectorError? Of(Exception exception) =>
        exception switch
        {
            // Kinds of it are others': a regular expression that took too long is no call that did.
            TimeoutException when exception.GetType() == typeof(TimeoutException) => TimedOut,
            OperationCanceledException => TimedOut,
            _ when IsOfTheConnection(exception) || DatabaseExceptions.MaySucceedLater(exception) => new(
                "connection_lost",
                "The connection to the other side broke.",
                Retryable: true
            ),
            _ => null,
        };

    private static ConnectorError TimedOut { get; } = new("timeout", "The other side did not answer in time.", Retryable: true);

    /// <summary>A file that is missing or cannot be written is an <see cref="IOException"/> too, but nobody's connection.</summary>
    private static bool IsOfTheConnection(Exception exception) =>
        exception is SocketException or EndOfStreamException or HttpIOException or IOException { InnerException: SocketException }
        || exception.GetType() == typeof(IOException);
}
