namespace Hub.Connectors.Contract;

/// <summary>One thing a connector can do, used by steps of type <c>connector.action</c>.</summary>
public interface IConnectorAction
{
    ActionManifest Manifest { get; }

    /// <summary>
    /// Does it once. The input and the credential are as the manifests say: the caller has checked them.
    /// Expected failures (refused, timed out, bad input) are returned; exceptions are bugs.
    /// The caller owns retries, the overall timeout (through <paramref name="cancellationToken"/>) and recording.
    /// </summary>
    Task<ActionResult> RunAsync(ActionContext context, CancellationToken cancellationToken);
}
