namespace Hub.Connectors.Contract;

/// <summary>One thing a connector can do, used by steps of type <c>connector.action</c>.</summary>
public interface IConnectorAction
{
    ActionManifest Manifest { get; }

    /// <summary>
    /// Does it once. Expected failures (refused, timed out, bad input) are returned; exceptions are bugs.
    /// The caller owns retries, the overall timeout (through <paramref name="cancellationToken"/>) and recording.
    /// </summary>
    Task<ActionResult> RunAsync(ActionContext context, CancellationToken cancellationToken);
}
